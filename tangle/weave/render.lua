-- render.lua: the pandoc filter that turns what reader.lua read into a document for one format.
-- number.lua knows the whole book; here each chapter that is in the document is drawn, top down,
-- so that a construct is seen before its parts.  Citations are left to citeproc.
package.path = PANDOC_SCRIPT_FILE:match('^(.*)/[^/]*$') .. '/?.lua;' .. package.path
local U = require 'util'
local N = require 'number'
local S = require 'survey'
local C = require 'chunks'
local B = require 'blocks'
local TEX, List = U.TEX, pandoc.List

local keys = {}                   -- of references.bib
for k in (U.slurp(U.book .. '/references.bib') or ''):gmatch('@%a+%s*{%s*([^%s,]+)') do keys[k] = true end

local in_heading = { traverse = 'topdown',
  Span = function(s)
    if s.classes[1] == 'nw-quote' then return C.inline(s.content, true), false end
    if s.classes[1] == 'index' then U.err('an index entry in a heading: put it into the first paragraph', s.attributes.key); return {} end
  end,
  Code = function(c) return C.inline({ c }, true), false end,
}
local function header(h)
  local r = N.ref[h.identifier] or {}
  local content = pandoc.Plain(h.content):walk(in_heading).content
  if not TEX then
    if r.num then
      content:insert(1, U.html('<span class="secno">' .. r.num .. '</span> '))
    end
    h.content = content
    return h, false
  end
  local name = ({ 'chapter', 'section', 'subsection' })[h.level] or 'subsubsection'
  local opening = h.level == 1 and '\\KOMAoptions{open=' .. (r.num and 'right' or 'any') .. '}' or ''
  local open = r.num and string.format('\\setcounter{%s}{%d}\\%s{', name, tonumber(r.num:match('%d+$')) - 1, name)
    or ({ '\\addchap{', '\\addsec{' })[h.level] or '\\' .. name .. '*{'
  local l = List { U.tex('% nw ' .. U.file .. ' ' .. h.identifier .. '\n' .. opening .. open) }
  l:extend(content); l:insert(U.tex('}' .. (h.identifier ~= '' and '\\label{' .. h.identifier .. '}' or '')))
  return pandoc.Para(l), false
end

local function cite(c)
  local x = N.crossref(c)
  if x then return x end
  for _, k in ipairs(c.citations) do
    if not keys[k.id] then U.err('unknown citation @' .. k.id, '@' .. k.id) end
  end
end

local function equations(ils)
  local changed = false
  for k = #ils, 1, -1 do
    local m = ils[k]
    if m.t == 'Math' and m.mathtype == 'DisplayMath' then
      local id, rest, last = S.equation_id(ils, k)
      if id then
        changed = true
        for _ = k + 1, last do ils:remove(k + 1) end
        if rest ~= '' then ils:insert(k + 1, pandoc.Str(rest)) end
        local num = N.ref[id].num
        if TEX then ils[k] = U.tex('\\begin{equation}\\tag{' .. num .. '}\\label{' .. id .. '}' .. m.text .. '\\end{equation}')
        else ils[k] = pandoc.Span({ m, U.html('<span class="eqno">(' .. num .. ')</span>') }, pandoc.Attr(id, { 'equation' })) end
      end
    end
  end
  if changed then return ils end
end

-- on paper a side note stands beside the paragraph that follows it
local function attach_notes(blocks)
  for k, d in ipairs(blocks) do
    local next = blocks[k + 1]
    if TEX and d.t == 'Div' and d.classes[1] == 'side' and next and next.t == 'Para' and next.content[1].t ~= 'Image' then
      d.attributes.held = '1'
      next.content:insert(1, U.tex('\\leavevmode\\placenote{}'))
    end
  end
  return blocks
end

local divs = { exercise = B.exercise, checkpoint = B.checkpoint, side = B.side, epigraph = B.epigraph, results = B.results,
  profile = B.profile,
  ['chunk-index'] = function() return C.index('chunk-index') end,
  ['identifier-index'] = function() return C.index('identifier-index') end,
  ['subject-index'] = B.subject_index }

local draw
draw = { traverse = 'topdown',
  Header = header,
  Cite = cite,
  Inlines = equations,
  Blocks = attach_notes,
  CodeBlock = function(b) return B.code_block(b), false end,
  LineBlock = function(b) U.err('lines typed by hand: a transcript, or tagged .illustrative', pandoc.utils.stringify(b.content[1])) end,
  Code = function(c) return C.inline({ c }), false end,
  Table = function(t) return B.table(t) end,
  Div = function(d)
    local class = d.classes[1]
    if class == 'nw-chunk' then return C.chunk(d), false
    elseif divs[class] then                   -- what a filter returns is not filtered again: draw the inside first
      d.content = pandoc.Div(d.content):walk(draw).content
      return divs[class](d), false
    elseif d.identifier == 'refs' then return d, false
    elseif class ~= 'drawn' then U.err('unknown block ::: ' .. (class or '{}'), class or ':::'); return d end
  end,
  Span = function(s)
    local class = s.classes[1]
    if class == 'nw-quote' then return C.inline(s.content), false
    elseif class == 'index' then return B.index_mark(s), false
    elseif class == 'num' then return B.num(s), false
    elseif class == 'equation' or s.identifier:match('^tbl:') then return TEX and List() or s
    else U.err('unknown span [..]{.' .. (class or '') .. '}', class or s.identifier) end
  end,
  Para = function(p)
    if #p.content == 1 and p.content[1].t == 'Image' then return B.figure(p.content[1]) end
  end,
  Image = function(i)             -- a figure's image was made by us and has its suffix already
    if not i.src:match('%.svg$') then return B.image(i), false end
  end,
  Link = function(l)
    local id = l.target:match('^#(.*)$')
    if not id then return nil end
    local r = N.ref[id]
    if not r then U.err('undefined reference #' .. id, '#' .. id); return l.content end
    if not TEX then l.target = N.href(id); return l end
    local out = List { U.tex(N.drawn(r) and '\\hyperref[' .. id .. ']{' or '{') }
    out:extend(pandoc.Plain(l.content):walk(in_heading).content); out:insert(U.tex('}'))     -- no link inside a link
    return out
  end,
}

-- what the source may not say: markup of one output format would be lost in the others
local raw = function(r)
  if not r.text:match('^<!%-%-.*%-%->%s*$') then U.err('raw ' .. r.format .. ' in the text: ' .. r.text:match('^[^\n]*'), r.text:match('^[^\n]*')) end
  return {}
end
local source_checks = { RawInline = raw, RawBlock = raw, Image = B.check_image }

function Pandoc(doc)
  local files = doc.blocks:filter(function(b) return b.classes and b.classes[1] == 'nw-file' end)
  for _, f in ipairs(files) do
    U.file = f.attributes.file
    if N.drawn { file = U.file } then f.content = pandoc.Div(f.content):walk(source_checks).content end
  end
  N.number(os.getenv('WEAVE_BUILD') .. '/book.survey')
  C.collect(doc.blocks)
  if not U.only and #N.cited > 0 and not N.ref.refs then U.err('works are cited, but no chapter has ::: {#refs}') end
  doc.meta.nocite = pandoc.MetaInlines { pandoc.Cite({},                       -- all, so that 1960a is 1960a in each chapter
    N.cited:filter(function(k) return keys[k] end):map(function(k) return pandoc.Citation(k, 'AuthorInText') end)) }
  local blocks = List()
  if TEX and (U.only or #files == 0) then blocks:insert(C.margin_table()) end
  if TEX and #files == 0 then blocks:insert(U.raw('%chapters')) end        -- the frame of the book
  for _, f in ipairs(files) do
    U.file = f.attributes.file
    if N.drawn { file = U.file } then blocks:extend(pandoc.Div(f.content, pandoc.Attr('', { 'drawn' })):walk(draw).content) end
  end
  U.finish()
  local split = os.getenv('WEAVE_HTML')
  if split and split ~= '' then doc.meta.pages = pandoc.MetaList(N.pages:map(function(p)
    return pandoc.MetaMap { href = pandoc.MetaString(p.page), title = pandoc.MetaString(p.title), num = pandoc.MetaString(p.num or '') } end))
    U.spit(split .. '/chunks.js', 'coilChunks=[\n' .. table.concat(C.bodies:map(function(b)
      local function q(s) return '"' .. s:gsub('[%c"\\]', { ['"'] = '\\"', ['\\'] = '\\\\', ['\n'] = '\\n', ['\t'] = '\\t' }) .. '"' end
      return '[' .. q(b.first) .. ',' .. q(b.num) .. ',' .. q(b.href) .. ',' .. q(b.html) .. ']' end), ',\n') .. '];\n')
  end
  return pandoc.Pandoc(blocks, doc.meta)
end
