-- survey.lua: one walk over a chapter, as soon as it is read.  It numbers sections, figures, tables, equations,
-- exercises, checkpoints and chunks, and notes each as a line of fields with tabs between them, with all else that other
-- chapters have to know; number.lua reads them:
--   file NAME
--   page ID NUM TITLE       a level-1 heading; NUM is empty in an unnumbered chapter
--   id ID NUM TITLE         whatever else has an id
--   chunk LABEL NUM NAME    LABEL: noweb's
--   nameless TITLE          a heading without an id
--   mark ID SECTION KEY     a place of the subject index; SECTION is a number or, without one, a title
--   cite KEY                a work that is cited
local S = {}
local str = pandoc.utils.stringify
local lines, chap, section, count

local function put(...) lines[#lines + 1] = table.concat({ ... }, '\t') end
local function note(id, num, title)
  if id ~= '' then put('id', id, num or '', (title or ''):gsub('%s', ' ') .. '') end
end
local function nextnum(k)
  count[k] = (count[k] or 0) + 1
  return chap and chap .. '.' .. count[k] or tostring(count[k])
end

function S.table_id(t)            -- a caption carries its id as an empty span
  local id
  pandoc.Div(t.caption.long):walk({ Span = function(s) if s.identifier:match('^tbl:') then id = s.identifier end end })
  return id
end

-- what @id refers to in the book itself, or nil: it is a citation
local kinds = { ch = 'Chapter', sec = 'Section', fig = 'Figure', tbl = 'Table', eq = 'Equation', ex = 'Exercise', cp = 'Checkpoint' }
function S.kind(id) return kinds[id:match('^(%a+):') or ''] end

-- $$ ... $$ {#eq:x}: the id is the text after the formula
function S.equation_id(ils, k)
  local j = k + 1
  while ils[j] and (ils[j].t == 'Space' or ils[j].t == 'SoftBreak') do j = j + 1 end
  if ils[j] and ils[j].t == 'Str' then
    local id, rest = ils[j].text:match('^{#(eq:[%w_:-]+)}(.*)$')
    if id then return id, rest, j end
  end
end

local function header(h, base)
  local title, num = str(h.content):gsub('%s', ' ') .. '', nil
  if h.identifier == '' then put('nameless', title) end
  if h.level == 1 then
    chap = not h.classes:includes('unnumbered') and tostring(tonumber(base:match('^%d+'))) or nil
    num, count = chap, {}
    put('page', h.identifier, chap or '', title)
  elseif h.level == 2 then
    count.sub = 0
    num = chap and nextnum('sec')
    note(h.identifier, num, title)
  else
    count.sub = (count.sub or 0) + 1
    num = chap and string.format('%s.%d.%d', chap, count.sec or 0, count.sub)
    note(h.identifier, num, title)
  end
  section = num or title
end

-- of the blocks of FILE, what is to be noted, as text
function S.survey(file, blocks)
  lines, chap, section, count = { 'file\t' .. file }, nil, '', {}
  pandoc.Div(blocks):walk({ traverse = 'topdown',
    Header = function(h) header(h, file:match('[^/]*$')) end,
    Div = function(d)
      local class = d.classes[1]
      if class == 'nw-chunk' then
        put('chunk', d.identifier, (chap or '0') .. '.' .. nextnum('chunk'):match('%d+$'), d.attributes.name)
        return d, false
      elseif class == 'exercise' then note(d.identifier, nextnum('ex'), d.attributes.title)
      elseif class == 'checkpoint' then note(d.identifier, nextnum('cp'))
      elseif (class == 'results' or class == 'profile') and d.identifier ~= '' then note(d.identifier, nextnum('tbl'))
      else note(d.identifier) end
    end,
    Table = function(t)
      local id = S.table_id(t)
      if id then note(id, nextnum('tbl')) end
    end,
    Image = function(i) if i.identifier ~= '' then note(i.identifier, nextnum('fig')) end end,
    Span = function(s)
      if s.classes[1] == 'index' then put('mark', s.identifier, section, (s.attributes.key or ''):gsub('%s', ' ') .. '')
      elseif not s.identifier:match('^tbl:') then note(s.identifier) end
    end,
    Cite = function(c) for _, x in ipairs(c.citations) do if not S.kind(x.id) then put('cite', x.id) end end end,
    Inlines = function(ils)
      for k, m in ipairs(ils) do
        local id = m.t == 'Math' and m.mathtype == 'DisplayMath' and S.equation_id(ils, k)
        if id then note(id, nextnum('eq')) end
      end
    end,
  })
  return table.concat(lines, '\n') .. '\n'
end
return S
