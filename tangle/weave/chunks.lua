-- chunks.lua: draws chunks, code in running text, highlighted blocks, and the two
-- indexes of chunks and identifiers.  Everything here returns raw LaTeX or HTML.
local U = require 'util'
local N = require 'number'
local lex = require 'lex'
local C = { bodies = pandoc.List(), idkey = {} }
local TEX, esc, tesc, cesc = U.TEX, U.esc, U.tesc, U.cesc

-- ---- tags: 12a on paper (LaTeX knows the page), 3.16 on screen -----------------
local function tag(label, class)
  local c = N.chunk[label]
  if TEX then return N.drawn(c) and '\\ctag{' .. label .. '}' or c and c.num or '?' end
  return string.format('<a%s href="%s">%s</a>', class and ' class="' .. class .. '"' or '', esc(N.href(label)), c and c.num or '?')
end
local function tags(labels, most)
  local o, seen = pandoc.List(), {}
  for _, l in ipairs(labels) do
    l = l:gsub('%-u%d+$', '')
    if not seen[l] then o:insert(tag(l)); seen[l] = true end
  end
  if most and #o > most + 1 then o = pandoc.List { table.unpack(o, 1, most) }; o:insert('…') end
  return table.concat(o, ', ')
end
C.tag = tag

-- ---- one line of code ----------------------------------------------------------
local function highlighted(class, s)
  if class == 'sp' or class == 'id' or class == 'op' then return TEX and cesc(s) or esc(s) end
  if TEX then return '\\c' .. class .. '{' .. cesc(s) .. '}' end
  return '<span class="' .. class .. '">' .. esc(s) .. '</span>'
end
local function use(c, prose)      -- a chunk's name inside code or prose
  local ref = c.attributes.ref
  if not N.chunk[ref] then U.err('undefined chunk <<' .. c.text .. '>>', '<<' .. c.text .. '>>'); return '' end
  if TEX then return (prose and '\\ctext{' or '\\cuse{') .. U.name(c.text) .. '}{' .. tag(ref) .. '}' end
  return string.format('<span class="use" data-chunk="%s"><a href="%s">⟨%s <span class="tag">%s</span>⟩</a></span>',
    ref, esc(N.href(ref)), U.name(c.text), N.chunk[ref].num)
end
local function ident(c, class)    -- an identifier with a %def somewhere
  local ref, s = c.attributes.ref, TEX and cesc(c.text) or esc(c.text)
  if TEX then
    s = N.drawn(N.chunk[ref]) and '\\cid{' .. ref .. '}{' .. s .. '}' or s
    return class and '\\c' .. class .. '{' .. s .. '}' or s
  end
  return string.format('<a class="id%s" href="%s">%s</a>', class and ' ' .. class or '', esc(N.href(ref)), s)
end
local function line(codes, lang, st, seen)
  local o = {}
  for _, c in ipairs(codes) do
    local class = c.classes[1]
    if class == 'u' then o[#o + 1] = use(c)
    elseif class == 'i' then
      o[#o + 1] = ident(c, lex.ident(lang, c.text, st))
      local key = C.idkey[c.text]
      if TEX and key and seen and not seen[key] and not st then o[#o + 1] = '\\mi{' .. key .. '}'; seen[key] = true end
    else
      local toks
      toks, st = lex.lex(lang, c.text, st)
      for _, t in ipairs(toks) do o[#o + 1] = highlighted(t[1], t[2]) end
    end
  end
  return table.concat(o), lex.eol(st)
end

-- lines of LaTeX; where may the page break?  Up to 14 lines nowhere, else with 6 before and 3 after: not behind mere declarations,
-- and of code (its text a line) not where a page would end with an opening brace or begin with one of either kind
local function tex_lines(lines, code)
  local o, n = {}, #lines
  for k, s in ipairs(lines) do
    o[#o + 1] = s
    if k < n then
      local brace = code and (code[k]:match('{%s*$') or code[k + 1]:match('^%s*[{}]'))
      local free = n > 14 and k >= 6 and n - k >= 3 and not brace
      o[#o + 1] = not free and '\\nobreak' or code and code[k] == '' and '\\cbreak' or '\\csplit'
    end
  end
  return table.concat(o, '\n')
end

local function body(codelines, lang, seen)
  local out, plain, st = {}, {}, nil
  for k, codes in ipairs(codelines) do
    out[k], st = line(codes, lang, st, seen)
    if TEX then
      plain[k] = ''
      for _, c in ipairs(codes) do plain[k] = plain[k] .. c.text end
      out[k] = '\\cl{' .. out[k] .. '}'
    end
  end
  if TEX then return tex_lines(out, plain) end
  return table.concat(out, '\n')
end

-- ---- chunks ----------------------------------------------------------------------
local function idlist(s)          -- x=L1,L2 y=L3
  local t = pandoc.List()
  for id, at in (s or ''):gmatch('(%S+)=(%S*)') do t:insert { id = id, at = U.words(at) } end
  return t
end

local function foot(d)
  local o = pandoc.List()
  local code = function(id) return TEX and '\\code{' .. tesc(id) .. '}' or '<code>' .. esc(id) .. '</code>' end
  local defs = idlist(d.attributes.defs):map(function(e)
    local at = tags(e.at:filter(function(l) return l ~= d.identifier end), 7)
    return code(e.id) .. (at ~= '' and (TEX and '~(' or ' (used in ') .. at .. ')' or '')
  end)
  local uses = idlist(d.attributes.uses):map(function(e) return code(e.id) .. (TEX and '~' or ' ') .. tags(e.at, 2) end)
  if #defs > 0 then o:insert('Defines ' .. table.concat(defs, ', ') .. '.') end
  local list = table.concat(uses, ', ') .. '.'
  if #uses > 6 and U.HTML and not U.EPUB then      -- on a page where every name is a link, a long list may wait
    o:insert('<details><summary>Uses ' .. #uses .. ' identifiers</summary>' .. list .. '</details>')
  elseif #uses > 0 then o:insert('Uses ' .. list) end
  return o
end

function C.chunk(d)
  local a, l = d.attributes, d.identifier
  local codelines = d.content[1] and d.content[1].content or {}
  local place = a.place and #codelines == 0
  local empty = place and '(empty until chapter' .. (TEX and '~' or ' ') .. a.place .. ')' or nil
  local used = tags(U.words(a.usedin))
  local notes = place and pandoc.List() or foot(d)
  if TEX then
    local nav = (used ~= '' and '(' .. used .. ')' or '') .. (a.prev and '\\cprev{' .. tag(a.prev) .. '}' or '')
      .. (a.next and '\\cnext{' .. tag(a.next) .. '}' or '')
    return U.raw(string.format('%% nw %s:%s\n\\begin{chunk}{%s}{%s}{%s}{%s}{%s}\n%s\n%s\\end{chunk}',
      a.file, a.line, l, U.name(a.name), tag(a.first or l), a.prev and '+' or empty or '', nav,
      body(codelines, a.lang, {}), table.concat(notes:map(function(n) return '\\cnote{' .. n .. '}\n' end))))
  end
  local code = body(codelines, a.lang)
  local num = N.chunk[l].num
  if not U.EPUB then C.bodies:insert { first = a.first or l, num = num, href = N.href(l), html = code } end
  local nav = pandoc.List()
  if used ~= '' then nav:insert('used in ' .. used) end
  if a.prev then nav:insert('<span aria-hidden="true">◁</span> before: ' .. tag(a.prev)) end
  if a.next then nav:insert('more: ' .. tag(a.next) .. ' <span aria-hidden="true">▷</span>') end
  local o = pandoc.List {
    '<div class="chunk" id="' .. l .. '">\n<div class="chunk-head"><a class="chunk-no" href="#' .. l .. '">' .. num
    .. '</a> <span class="chunk-name">⟨' .. U.name(a.name) .. (a.prev and '⟩+≡' or '⟩≡') .. '</span>'
    .. (empty and ' <span class="chunk-empty">' .. empty .. '</span>' or '')
    .. ' <span class="chunk-nav">' .. table.concat(nav, ' · ') .. '</span></div>' }
  if not place then
    o:insert('<pre class="code"' .. (U.EPUB and '' or ' tabindex="0"') .. '><code>' .. code .. '</code></pre>')
  end
  if #notes > 0 then o:insert('<div class="chunk-foot"><div>' .. table.concat(notes, '</div>\n<div>') .. '</div></div>') end
  return U.raw(table.concat(o, '\n') .. '</div>')
end

-- ---- code in running text, and blocks that are not chunks --------------------------
function C.inline(codes, bare)    -- bare: in a heading, where links and breaks do harm
  local o = {}
  for _, c in ipairs(codes) do
    local class = c.classes[1]
    if class == 'u' and not bare then o[#o + 1] = use(c, true)
    elseif class == 'u' then o[#o + 1] = '⟨' .. U.name(c.text) .. '⟩'
    else
      local s = U.text(c.text)
      if TEX and not bare then   -- a long name may break after a part of it
        s = cesc(c.text):gsub('\\_', '\\_\\cbr{}'):gsub('([/.,(>])(%w)', '%1\\cbr{}%2')
      end
      if class == 'i' and not bare and N.drawn(N.chunk[c.attributes.ref]) then
        local key = C.idkey[c.text]
        s = TEX and '\\cid{' .. c.attributes.ref .. '}{' .. s .. '}' .. (key and '\\mi{' .. key .. '}' or '') or ident(c)
      end
      o[#o + 1] = TEX and '\\code{' .. s .. '}' or '<code>' .. s .. '</code>'
    end
  end
  return pandoc.RawInline(TEX and 'latex' or 'html', (table.concat(o):gsub('</code><code>', '')))
end

function C.listing(text, lang)
  local lines = {}
  if text ~= '' then text = text:gsub('\n*$', '\n') end
  for l in text:gmatch('([^\n]*)\n') do lines[#lines + 1] = { pandoc.Code(l) } end
  local s = body(lines, lang)
  if TEX then return U.raw('\\begin{listing}\n' .. s .. '\n\\end{listing}') end
  return U.raw('<pre class="listing ' .. lang .. '"' .. (U.EPUB and '' or ' tabindex="0"') .. '><code>' .. s .. '</code></pre>')
end

-- program output; prompts are the commands that made it
function C.transcript(text, prompts, twin)
  local lines = {}
  for _, p in ipairs(prompts) do
    lines[#lines + 1] = TEX and '\\cprompt{' .. cesc(p) .. '}'
      or '<span class="prompt">$ </span><kbd>' .. esc(p) .. '</kbd>'
  end
  if text ~= '' then text = text:gsub('\n*$', '\n') end
  for l in text:gmatch('([^\n]*)\n') do lines[#lines + 1] = TEX and '\\cl{' .. cesc(l) .. '}' or esc(l) end
  local note = twin and (TEX and '\\code{' .. cesc(twin) .. '} prints the same.' or '<code>' .. esc(twin) .. '</code> prints the same.')
  if TEX then
    return U.raw('\\begin{transcript}\n' .. tex_lines(lines) .. '\n' .. (note and '\\cnote{' .. note .. '}\n' or '') .. '\\end{transcript}')
  end
  return U.raw('<div class="transcript"><pre' .. (U.EPUB and '' or ' tabindex="0"') .. '><samp>' .. table.concat(lines, '\n') .. '</samp></pre>'
    .. (note and '<p class="twin">' .. note .. '</p>' or '') .. '</div>')
end

-- ---- indexes of chunks and identifiers ----------------------------------------------
local function entry(e, name)
  local defs, uses = U.words(e.attributes.defs), U.words(e.attributes.uses)
  if TEX then
    return '\\ixitem{' .. name .. '}{' .. table.concat(defs:map(function(l) return '\\ctag{' .. l .. '}' end), ', ')
      .. '}{' .. table.concat(uses, ',') .. '}'
  end
  local t = defs:map(function(l) return tag(l, 'def') end)
  t:extend(uses:map(function(l) return tag(l) end))
  return '<li>' .. name .. ' ' .. table.concat(t, ', ') .. '</li>'
end
local function fold(s) return (s:gsub('%[%[(.-)%]%]', '%1')):lower() end
local function before(x, y)
  local a, b = fold(x), fold(y)
  if a ~= b then return a < b end
  return x < y
end
local chunk_rows, ident_rows = pandoc.List(), pandoc.List()
function C.collect(blocks)        -- the rows of the indexes, if they are in the document, and a key for each identifier
  for _, b in ipairs(blocks) do
    local rows = b.t == 'Div' and (b.classes[1] == 'nw-chunks' and chunk_rows or b.classes[1] == 'nw-idents' and ident_rows)
    for _, p in ipairs(rows and b.content or {}) do rows:insert(p.content[1]) end
  end
  for _, r in ipairs { chunk_rows, ident_rows } do table.sort(r, function(x, y) return before(x.text, y.text) end) end
  table.sort(N.idents, function(x, y) return before(x.name, y.name) end)
  for k, e in ipairs(N.idents) do C.idkey[e.name] = k end
end
function C.index(kind)
  local rows = kind == 'chunk-index' and chunk_rows or ident_rows
  local o = rows:map(function(e)
    if kind == 'chunk-index' then return entry(e, (TEX and '\\cname{' .. U.name(e.text) .. '}' or '⟨' .. U.name(e.text) .. '⟩')) end
    return entry(e, TEX and '\\code{' .. tesc(e.text) .. '}' or '<code>' .. esc(e.text) .. '</code>')
  end)
  if TEX then return U.raw('\\begin{theindexlist}\n' .. table.concat(o, '\n') .. '\n\\end{theindexlist}') end
  return U.raw('<ul class="index">\n' .. table.concat(o, '\n') .. '\n</ul>')
end
-- what the margin of a page says of an identifier: its name and where it is defined
function C.margin_table()
  local o = N.idents:map(function(e) return string.format('\\midef{%d}{%s}{%s}', C.idkey[e.name], tesc(e.name), e.ref) end)
  return U.raw(table.concat(o, '\n'))
end
return C
