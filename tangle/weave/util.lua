-- util.lua: what all parts of the renderer share: the format, the options, escapes,
-- files, JSON, and the list of complaints (collected, printed together, then fatal).
local U = {}
U.TEX = FORMAT:match('latex') ~= nil
U.EPUB = FORMAT:match('epub') ~= nil
U.HTML = not U.TEX
U.book = os.getenv('WEAVE_BOOK') or 'book'
U.results = os.getenv('WEAVE_RESULTS') or 'bench/results'
U.only = os.getenv('WEAVE_ONLY'); if U.only == '' then U.only = nil end
U.file = '?'                      -- the chapter being drawn

function U.tex(s) return pandoc.RawInline('latex', s) end
function U.html(s) return pandoc.RawInline('html', s) end
function U.raw(s) return pandoc.RawBlock(U.TEX and 'latex' or 'html', s) end
function U.words(s) local t = pandoc.List(); for w in (s or ''):gmatch('[^%s,]+') do t:insert(w) end; return t end
local entity = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }
function U.esc(s) return (s:gsub('[&<>"]', entity)) end
local texmap = { ['\\'] = '\\textbackslash{}', ['{'] = '\\{', ['}'] = '\\}', ['$'] = '\\$', ['&'] = '\\&', ['#'] = '\\#',
  ['%'] = '\\%', ['_'] = '\\_', ['^'] = '\\textasciicircum{}', ['~'] = '\\textasciitilde{}' }
function U.tesc(s) return (s:gsub('[\\{}$&#%%_^~]', texmap)) end
function U.cesc(s) return (U.tesc(s):gsub(' ', '\\ ')) end       -- code: every space counts
function U.text(s) return U.TEX and U.tesc(s) or U.esc(s) end

-- a title, chunk name or index key may contain [[code]]; the result is raw text
function U.name(s)
  local function code(c) return U.TEX and '\\namecode{' .. U.tesc(c) .. '}' or '<code>' .. U.esc(c) .. '</code>' end
  local function plain(t) return U.TEX and U.tesc(t):gsub('"', '\\textquotedbl{}') or (U.esc(t):gsub("'", '’')) end
  if s:match('^[%w_./-]+%.[chp]y?$') then return code(s) end
  local out, i = {}, 1
  for a, c, b in s:gmatch('()%[%[(.-)%]%]()') do
    out[#out + 1] = plain(s:sub(i, a - 1)) .. code(c); i = b
  end
  out[#out + 1] = plain(s:sub(i))
  return table.concat(out)
end

-- ---- files ------------------------------------------------------------------
function U.slurp(f)
  local h = io.open(f); if not h then return nil end
  local s = h:read('a'); h:close(); return s
end
function U.exists(f) local h = io.open(f); if h then h:close() end; return h ~= nil end
function U.spit(f, s)             -- leave the time of an unchanged file alone
  if U.slurp(f) == s then return end
  local h = assert(io.open(f, 'w')); h:write(s); h:close()
end

-- ---- complaints ---------------------------------------------------------------
local complaints, source = pandoc.List(), {}
local function line_of(file, needle, nth)
  source[file] = source[file] or U.slurp(file) or ''
  local n = 0
  for line in source[file]:gmatch('([^\n]*)\n') do
    n = n + 1
    if line:find(needle, 1, true) then
      nth = nth - 1
      if nth == 0 then return n end
    end
  end
end
-- needle is text of the source by which the line is found
function U.err(message, needle, nth)
  local n = needle and needle ~= '' and (line_of(U.file, needle, nth or 1) or line_of(U.file, needle, 1))
  local m = U.file .. ':' .. (n and n .. ':' or '') .. ' ' .. message
  if not complaints:includes(m) then complaints:insert(m) end
end
function U.finish()
  for _, m in ipairs(complaints) do io.stderr:write(m .. '\n') end
  if #complaints > 0 then error('weave: ' .. #complaints .. (#complaints == 1 and ' error' or ' errors'), 0) end
end

-- ---- JSON: objects, arrays, strings; numbers stay text, so they print as they were written --------
function U.json(s)
  local p = 1
  local function skip() p = s:match('^%s*()', p) end
  local function fail() error('bad JSON at byte ' .. p, 0) end
  local value
  local function string()
    local out = {}
    p = p + 1
    while s:sub(p, p) ~= '"' do
      local c, e = s:match('^([^"\\]+)()', p)
      if not c then
        local k = s:match('^\\u(%x%x%x%x)', p)
        c = k and utf8.char(tonumber(k, 16)) or ({ n = '\n', t = '\t' })[s:match('^\\([nt])', p) or ''] or s:match('^\\(.)', p) or fail()
        e = p + (k and 6 or 2)
      end
      out[#out + 1] = c; p = e
    end
    p = p + 1
    return table.concat(out)
  end
  local function list(close, item)
    local t = {}
    p = p + 1; skip()
    while s:sub(p, p) ~= close do
      item(t); skip()
      if s:sub(p, p) == ',' then p = p + 1; skip() elseif s:sub(p, p) ~= close then fail() end
    end
    p = p + 1
    return t
  end
  function value()
    skip()
    local c = s:sub(p, p)
    if c == '"' then return string() end
    if c == '[' then return list(']', function(t) t[#t + 1] = value() end) end
    if c == '{' then
      return list('}', function(t)
        skip(); local k = string(); skip()
        if s:sub(p, p) ~= ':' then fail() end
        p = p + 1; t[k] = value(); t[#t + 1] = k             -- the array part keeps the order of the keys
      end)
    end
    local w, e = s:match('^([%w.+-]+)()', p)
    if not w then fail() end
    p = e
    return w ~= 'null' and w or nil
  end
  return value()
end
return U
