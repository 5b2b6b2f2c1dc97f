-- number.lua: what survey.lua noted of all chapters of the book, read before anything is drawn.
-- It finds ids that are defined twice.  Afterwards:
--   ref[id]     = {kind, num, page, file, title}  (num is nil in an unnumbered chapter)
--   chunk[L]    = {num, page, file, name}         L: noweb's label of a chunk
--   pages       = {{page, num, title}}            one for each level-1 heading
--   roots[name] = true
--   marks[key]  = {{id, page, section}}           the places of the subject index
--   cited       = {key}                           the works that are cited, in order
--   idents      = {{name, ref}}                   the identifiers with a %def; ref: where the first is
local U = require 'util'
local S = require 'survey'
local N = { ref = {}, chunk = {}, pages = pandoc.List(), roots = {}, marks = {}, cited = pandoc.List(), idents = pandoc.List() }

local function note(id, num, title, page)
  local old = N.ref[id]
  if old then
    U.err('id ' .. id .. ' is defined twice' .. (old.file ~= U.file and ' (first in ' .. old.file .. ')' or ''),
      '#' .. id, old.file == U.file and 2 or 1)
  end
  N.ref[id] = { kind = id:match('^(%a+):'), num = num, page = page, file = U.file, title = title }
end

local function page_of(id, num)
  if U.EPUB then return string.format('ch%03d.xhtml', #N.pages + 1) end
  return (num and U.file:match('([^/]*)%.nw$') or id:match('[^:]*$')) .. '.html'
end

function N.number(survey)         -- the surveys of all chapters, one behind the other
  local page, seen = nil, {}
  for l in U.slurp(survey):gmatch('([^\n]*)\n') do
    local what, id, num, title = l:match('^(%a+)\t([^\t]*)\t?([^\t]*)\t?(.*)$')
    if num == '' then num = nil end
    if what == 'file' then U.file, page = id, 'index.html'
    elseif what == 'nameless' then U.err('heading without an id: ' .. id, id ~= '' and '# ' .. id or nil)
    elseif what == 'chunk' then
      N.chunk[id] = { num = num, page = page, file = U.file, name = title }
      if title:match('^%S+%.[chp]y?$') then N.roots[title] = true end
    elseif what == 'mark' then
      N.marks[title] = N.marks[title] or pandoc.List()
      N.marks[title]:insert { id = id, page = page, section = num or '' }
    elseif what == 'cite' then if not seen[id] then seen[id] = true; N.cited:insert(id) end
    elseif what == 'ident' then N.idents:insert { name = id, ref = num }
    else
      if what == 'page' then
        page = page_of(id, num)
        N.pages:insert { page = page, num = num, title = title }
      end
      if id ~= '' then note(id, num, title, page) end
    end
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
    local kind = S.kind(c.id)
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
