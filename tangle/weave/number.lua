-- number.lua: one walk over the whole book before anything is drawn.  It numbers
-- chapters, sections, figures, tables, equations, exercises, checkpoints and
-- chunks, collects every id, and complains of ids defined twice.  Afterwards:
--   ref[id]     = {kind, num, page, file, title}  (num is nil in an unnumbered chapter)
--   chunk[L]    = {num, page, file, name}         L: noweb's label of a chunk
--   pages       = {{page, file, num, title, id}}  one for each level-1 heading
--   roots[name] = true
local U = require 'util'
local N = { ref = {}, chunk = {}, pages = pandoc.List(), roots = {} }
local kinds = { ch = 'Chapter', sec = 'Section', fig = 'Figure', tbl = 'Table', eq = 'Equation', ex = 'Exercise', cp = 'Checkpoint' }
local str = pandoc.utils.stringify

function N.table_id(t)            -- a caption carries its id as an empty span
  local id
  pandoc.Div(t.caption.long):walk({ Span = function(s) if s.identifier ~= '' then id = s.identifier end end })
  return id
end

local page, chap, count
local function note(id, num, title)
  if id == '' then return end
  local old = N.ref[id]
  if old then
    U.err('id ' .. id .. ' is defined twice' .. (old.file ~= U.file and ' (first in ' .. old.file .. ')' or ''),
      '#' .. id, old.file == U.file and 2 or 1)
  end
  N.ref[id] = { kind = id:match('^(%a+):'), num = num, page = page, file = U.file, title = title }
end
local function nextnum(k)
  count[k] = (count[k] or 0) + 1
  return chap and chap .. '.' .. count[k] or tostring(count[k])
end

local function header(h)
  local title = str(h.content)
  if h.identifier == '' then U.err('heading without an id: ' .. title, title ~= '' and '# ' .. title or nil) end
  if h.level == 1 then
    local bare = h.classes:includes('unnumbered')
    local base = U.file:match('([^/]*)%.nw$')
    chap = not bare and tostring(tonumber(base:match('^%d+'))) or nil
    count = {}
    page = U.EPUB and string.format('ch%03d.xhtml', #N.pages + 1)
      or (bare and h.identifier:gsub('^%a+:', '') or base) .. '.html'
    N.pages:insert { page = page, file = U.file, num = chap, title = title, id = h.identifier, content = h.content }
    note(h.identifier, chap, title)
  elseif h.level == 2 then
    count.sub = 0
    note(h.identifier, chap and nextnum('sec'), title)
  else
    count.sub = (count.sub or 0) + 1
    note(h.identifier, chap and string.format('%s.%d.%d', chap, count.sec or 0, count.sub), title)
  end
end

-- $$ ... $$ {#eq:x}: the id is the text after the formula
function N.equation_id(ils, k)
  local j = k + 1
  while ils[j] and (ils[j].t == 'Space' or ils[j].t == 'SoftBreak') do j = j + 1 end
  if ils[j] and ils[j].t == 'Str' then
    local id, rest = ils[j].text:match('^{#(eq:[%w_:-]+)}(.*)$')
    if id then return id, rest, j end
  end
end

local walk = { traverse = 'topdown',
  Header = header,
  Div = function(d)
    local class = d.classes[1]
    if class == 'nw-chunk' then
      local a = d.attributes
      N.chunk[d.identifier] = { num = (chap or '0') .. '.' .. nextnum('chunk'):match('%d+$'), page = page, file = U.file, name = a.name }
      if a.name:match('^%S+%.[chp]y?$') then N.roots[a.name] = true end
      return d, false
    elseif class == 'exercise' then note(d.identifier, nextnum('ex'), d.attributes.title or '')
    elseif class == 'checkpoint' then note(d.identifier, nextnum('cp'), '')
    elseif (class == 'results' or class == 'profile') and d.identifier ~= '' then note(d.identifier, nextnum('tbl'), '')
    elseif d.identifier ~= '' then note(d.identifier, nil, '') end
  end,
  Table = function(t)
    local id = N.table_id(t)
    if id then note(id, nextnum('tbl'), '') end
  end,
  Image = function(i) if i.identifier ~= '' then note(i.identifier, nextnum('fig'), '') end end,
  Span = function(s) if s.identifier ~= '' and not s.identifier:match('^tbl:') then note(s.identifier, nil, '') end end,
  Inlines = function(ils)
    for k, m in ipairs(ils) do
      if m.t == 'Math' and m.mathtype == 'DisplayMath' then
        local id = N.equation_id(ils, k)
        if id then note(id, nextnum('eq'), '') end
      end
    end
  end,
}

function N.number(file_divs)
  for _, f in ipairs(file_divs) do
    U.file, page, chap, count = f.attributes.file, 'index.html', nil, {}
    pandoc.Div(f.content):walk(walk)
  end
end

-- is this chapter on the pages we draw?  (--only draws one)
function N.drawn(x) return x and (not U.only or x.file and x.file:match('([^/]*)%.nw$') == U.only) end
function N.href(id)
  local r = N.chunk[id] or N.ref[id]
  return (r and r.page or '') .. '#' .. id
end

-- @fig:x, [@fig:x; @sec:y], [-@sec:x]; nil if this is a citation
function N.crossref(cite)
  local out = pandoc.List()
  for k, c in ipairs(cite.citations) do
    local kind = kinds[c.id:match('^(%a+):') or '']
    if not kind then return nil end
    local r = N.ref[c.id]
    if not r then U.err('undefined reference @' .. c.id, '@' .. c.id); r = { num = '?' } end
    if k > 1 then out:insert(pandoc.Str(k < #cite.citations and ',' or #cite.citations > 2 and ', and' or ' and')); out:insert(pandoc.Space()) end
    local words = r.num and (c.mode == 'SuppressAuthor' and r.num or kind .. '\u{a0}' .. r.num) or '“' .. (r.title or '') .. '”'
    if not U.TEX then out:insert(pandoc.Link({ pandoc.Str(words) }, N.href(c.id)))
    elseif N.drawn(r) and r.file then out:insert(U.tex('\\hyperref[' .. c.id .. ']{' .. U.tesc(words):gsub('\u{a0}', '~') .. '}'))
    else out:insert(pandoc.Str(words)) end
  end
  return out
end
return N
