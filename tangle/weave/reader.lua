--[==[ reader.lua: a pandoc reader for noweb's pipeline (markup | finduses | noidx).
  The documentation of one file becomes one Markdown text.  In it a code chunk
  is a numbered fenced block, and quoted code [[x]] a run of private-use
  characters as wide as its source, so that tables keep their columns.  The text
  is parsed once; then the stand-ins are replaced:
    chunk      Div.nw-chunk {name first prev next root place usedin defs uses
               lang file line}, holding a LineBlock of Code
    [[x]]      Span.nw-quote, holding Code
  where Code is plain, .i ref=L (an identifier defined in chunk L) or .u ref=L
  (a use of chunk L).  Each file is a Div.nw-file, in a document of its own; the
  two indexes are Div.nw-chunks and Div.nw-idents.  Nothing here knows of an
  output format. ]==]

package.path = PANDOC_SCRIPT_FILE:match('^(.*)/[^/]*$') .. '/?.lua;' .. package.path
local uses = require 'uses'
local survey = require 'survey'
local MARKDOWN = 'markdown+smart-implicit_figures-auto_identifiers'
local files, chunks_ix, idents_ix = {}, {}, {}
local roots, users = {}, {}        -- chunk name -> language; used name -> {names using it}
local errors = {}

-- ---- stand-ins for quoted code: U+E000+n U+F000+m U+F8FF* -------------------
local PAD, STANDIN = utf8.char(0xF8FF), '[\u{E000}-\u{EFFF}]'
local function standin(n, width)
  local s = utf8.char(0xE000 + n // 1024, 0xF000 + n % 1024)
  return s .. PAD:rep(width - 2)
end
-- split a string at its stand-ins; call text(s) and quote(n) for the parts
local function each_part(s, text, quote)
  local from, n, last = 1, nil, nil
  for p, c in utf8.codes(s) do
    local stop = p + #utf8.char(c)
    if c >= 0xE000 and c < 0xF000 then
      if p > from then text(s:sub(from, p - 1)) end
      n, from = c - 0xE000, stop
    elseif n and c >= 0xF000 and c < 0xF8FF then quote(n * 1024 + c - 0xF000); n, from = nil, stop
    elseif c == 0xF8FF then from = stop end
    last = stop
  end
  if last and from < last then text(s:sub(from)) end
end

-- ---- 1. the pipeline's lines -> files, chunks, quotes -----------------------
local function new_chunk(file, line)
  return { name = '?', file = file.name, line = line, toks = {}, usedin = {}, defs = {}, uses = {}, at = {} }
end

local function xref(what, rest, chunk, ref, entry)
  if what == 'label' then
    if chunk and chunk.name == '?' then chunk.label = rest end
  elseif what == 'ref' then
    if chunk and chunk.name == '?' then chunk.first = rest else ref = rest end
  elseif what == 'prevdef' then chunk.prev = rest
  elseif what == 'nextdef' then chunk.next = rest
  elseif what == 'useitem' then table.insert(chunk.usedin, rest)
  elseif what == 'notused' then chunk.root = true
  elseif what == 'chunkbegin' then
    local l, n = rest:match('^(%S+) (.*)$')
    entry = { label = l, name = n, defs = {}, uses = {} }; table.insert(chunks_ix, entry)
  elseif what == 'chunkdefn' then table.insert(entry.defs, rest)
  elseif what == 'chunkuse' then table.insert(entry.uses, rest) end
  return ref, entry
end

local function index(what, rest, chunk, entry)
  if what == 'isused' or what == 'isdefined' then table.insert(chunk.at, rest)
  elseif what == 'defitem' or what == 'useitem' then
    table.insert(what == 'defitem' and chunk.defs or chunk.uses, { id = rest, at = chunk.at }); chunk.at = {}
  elseif what == 'entrybegin' then
    local l, n = rest:match('^(%S+) (.*)$')
    entry = { label = l, name = n, defs = {}, uses = {} }; table.insert(idents_ix, entry)
  elseif what == 'entrydefn' then table.insert(entry.defs, rest)
  elseif what == 'entryuse' then table.insert(entry.uses, rest) end
  return entry
end

local function quote_source(q)
  local s = {}
  for _, t in ipairs(q.toks) do s[#s + 1] = t[1] == 'u' and '<<' .. t[2] .. '>>' or t[1] == 't' and t[2] or '' end
  return '[[' .. table.concat(s) .. ']]'
end

local function parse(text)
  local file, chunk, last, quote, line, ref, entry, name
  local function md(s) file.md[#file.md + 1] = s end
  for l in text:gmatch('([^\n]*)\n') do
    local key, arg = l:match('^@(%S+) ?(.*)$')
    local what, rest = (arg or ''):match('^(%S+) ?(.*)$')
    local into = quote or chunk
    if key == 'fatal' then errors[#errors + 1] = arg
    elseif key == 'file' then
      file = { name = arg, md = {}, chunks = {}, quotes = {} }; files[#files + 1] = file; line, last = 1, nil
    elseif key == 'line' then line = tonumber(arg)
    elseif key == 'begin' and what == 'code' then chunk = new_chunk(file, line)
    elseif key == 'end' and what == 'code' then
      file.chunks[#file.chunks + 1] = chunk
      md('\n\n```{.nw-chunk}\n' .. #file.chunks .. '\n```\n\n')
      chunk, last = nil, chunk
    elseif key == 'quote' then quote = { toks = {} }
    elseif key == 'endquote' then
      file.quotes[#file.quotes + 1] = quote
      md(standin(#file.quotes, utf8.len(quote_source(quote)) or 5)); quote = nil
    elseif key == 'nl' then
      line = line and line + 1
      if quote then table.insert(quote.toks, { 't', ' ' })
      elseif chunk then table.insert(chunk.toks, { 'n' })
      elseif file then md('\n') end
    elseif key == 'text' then
      local place = last and not into and arg:match('^%%place (%d+)%s*$')
      if place then last.place = place
      elseif not into then md(arg)
      else
        if name and name[2] == arg then table.insert(into.toks, { 'i', arg, ref = name[1] })
        elseif arg ~= '' then
          local t = into.toks[#into.toks]
          if t and t[1] == 't' then t[2] = t[2] .. arg else table.insert(into.toks, { 't', arg }) end
        end
        name = nil
      end
      if arg ~= '' then last = not into and nil or last end
    elseif key == 'defn' then
      chunk.name = arg
      roots[arg] = arg:match('^%S+%.([chp]y?)$')
    elseif key == 'use' then
      table.insert(into.toks, { 'u', arg, ref = ref }); ref = nil
      if not quote then users[arg] = users[arg] or {}; table.insert(users[arg], chunk.name) end
    elseif key == 'xref' then ref, entry = xref(what, rest, chunk, ref, entry)
    elseif key == 'index' and what == 'use' then name = { ref, rest }; ref = nil
    elseif key == 'index' and what == 'nl' then line = line + 1
    elseif key == 'index' then entry = index(what, rest, chunk, entry) end
  end
end

-- the language of a chunk is that of the root that uses it
local function language(name, seen)
  seen = seen or {}
  if roots[name] then return roots[name] == 'py' and 'python' or 'c' end
  if seen[name] then return nil end
  seen[name] = true
  for _, u in ipairs(users[name] or {}) do
    local l = language(u, seen)
    if l then return l end
  end
end

-- ---- 2. chunks and quotes -> nodes ------------------------------------------
local function code_lines(toks)
  local lines, cur = {}, pandoc.List()
  for _, t in ipairs(toks) do
    if t[1] == 'n' then lines[#lines + 1] = cur; cur = pandoc.List()
    elseif t[1] == 't' then cur:insert(pandoc.Code(t[2]))
    else cur:insert(pandoc.Code(t[2], pandoc.Attr('', { t[1] }, { ref = t.ref or '' }))) end
  end
  if #cur > 0 then lines[#lines + 1] = cur end
  return lines
end

local function idlist(l)
  local t = {}
  for _, e in ipairs(l) do t[#t + 1] = e.id .. '=' .. table.concat(e.at, ',') end
  return table.concat(t, ' ')
end

local function chunk_div(c)
  local lines = code_lines(c.toks)
  if lines[1] and #lines[1] == 0 then table.remove(lines, 1) end      -- the end of <<name>>=
  while #lines > 0 and #lines[#lines] == 0 do table.remove(lines) end -- kept in the code, not on the page
  local at = pandoc.List()          -- a list keeps its order, so that the JSON is the same in every run
  local function put(k, v) if v and v ~= '' then at:insert { k, v } end end
  put('name', c.name); put('first', c.first or c.label); put('file', c.file); put('line', tostring(c.line))
  put('lang', language(c.name) or 'c'); put('prev', c.prev); put('next', c.next); put('place', c.place)
  put('root', c.root and '1'); put('usedin', table.concat(c.usedin, ' '))
  put('defs', idlist(c.defs)); put('uses', idlist(c.uses))
  return pandoc.Div({ pandoc.LineBlock(lines) }, pandoc.Attr(c.label or '', { 'nw-chunk' }, at))
end

local function quote_span(q)
  local l = pandoc.List()
  for _, x in ipairs(code_lines(q.toks)) do l:extend(x) end
  return pandoc.Span(l, pandoc.Attr('', { 'nw-quote' }))
end

local function blocks_of(f, base)
  local function back(s)                      -- in verbatim text a stand-in is its source
    if not s:find('[\u{E000}-\u{F8FF}]') then return s end
    local o = {}
    each_part(s, function(t) o[#o + 1] = t end, function(n) o[#o + 1] = quote_source(f.quotes[n]) end)
    return table.concat(o)
  end
  local function text(x) x.text = back(x.text); return x end
  local marks = 0
  local function attrs(x)
    for k, v in pairs(x.attributes) do x.attributes[k] = back(v) end
    if x.classes[1] == 'index' then marks = marks + 1; x.identifier = 'ix-' .. base .. '-' .. marks end
    return x
  end
  return pandoc.Div(pandoc.read(table.concat(f.md), MARKDOWN).blocks):walk({
    CodeBlock = function(b)
      if b.classes[1] == 'nw-chunk' then return chunk_div(f.chunks[tonumber(b.text)]) end
      return text(b)
    end,
    Str = function(s)
      if not s.text:find('[\u{E000}-\u{F8FF}]') then return nil end
      local o = pandoc.List()
      each_part(s.text, function(t) o:insert(pandoc.Str(t)) end, function(n) o:insert(quote_span(f.quotes[n])) end)
      return o
    end,
    Code = text, Math = text, RawBlock = text, RawInline = text, Div = attrs, Span = attrs, Image = attrs,
  }).content
end

local function entries(class, list)
  local bl = pandoc.List()
  for _, e in ipairs(list) do
    bl:insert(pandoc.Plain { pandoc.Code(e.name, pandoc.Attr('', {}, {
      { 'ref', e.label }, { 'defs', table.concat(e.defs, ' ') }, { 'uses', table.concat(e.uses, ' ') } })) })
  end
  return pandoc.Div(bl, pandoc.Attr('', { class }))
end

-- ---- 3. a document and a survey for each chapter, made anew only if they would differ -
local function slurp(f)
  local h = io.open(f); if not h then return nil end
  local s = h:read('a'); h:close(); return s
end
local function spit(f, s)
  local h = assert(io.open(f, 'w')); assert(h:write(s)); assert(h:close())
end

-- a digest of all that decides what blocks_of makes of file f
local function key(f, programs)
  local o = { programs, f.name }
  local function put(...) for _, v in ipairs { ... } do o[#o + 1] = tostring(v) end end
  local function toks(l) for _, t in ipairs(l) do put(t[1], t[2] or '', t.ref or '') end end
  for _, m in ipairs(f.md) do put(m) end
  for _, c in ipairs(f.chunks) do
    put(c.name, c.label, c.first, c.line, c.lang, c.prev or '', c.next or '', c.place or '', c.root or false)
    put(table.concat(c.usedin, ' '), idlist(c.defs), idlist(c.uses)); toks(c.toks)
  end
  for _, q in ipairs(f.quotes) do put '[['; toks(q.toks) end
  return pandoc.utils.sha1(table.concat(o, '\0'))
end

-- the chapters go to WEAVE_BUILD/parts, the surveys of all to book.survey; what is returned is the indexes
function Reader(input)
  local text = {}
  for _, s in ipairs(input) do text[#text + 1] = s.text end
  parse(table.concat(text))
  if #errors > 0 then error('weave: noweb cannot read the chapters:\n' .. table.concat(errors, '\n'), 0) end
  uses.prune(files, idents_ix, roots, users, language)
  local build, here = os.getenv 'WEAVE_BUILD', PANDOC_SCRIPT_FILE:match('^(.*)/[^/]*$')
  local programs = tostring(PANDOC_VERSION)
  for _, name in ipairs { 'reader', 'survey', 'uses', 'lex' } do programs = programs .. slurp(here .. '/' .. name .. '.lua') end
  local surveys = {}
  for _, f in ipairs(files) do
    local base = f.name:match('([^/]*)%.nw$')
    local part = build .. '/parts/' .. base
    local k = key(f, programs)
    if slurp(part .. '.key') ~= k then
      os.remove(part .. '.key')
      local blocks = blocks_of(f, base)
      local div = pandoc.Div(blocks, pandoc.Attr('', { 'nw-file' }, { file = f.name }))
      spit(part .. '.json', pandoc.write(pandoc.Pandoc { div }, 'json'))
      spit(part .. '.survey', survey.survey(f.name, blocks))
      spit(part .. '.key', k)
    end
    surveys[#surveys + 1] = slurp(part .. '.survey')
  end
  for _, e in ipairs(idents_ix) do surveys[#surveys + 1] = 'ident\t' .. e.name .. '\t' .. e.label .. '\n' end
  spit(build .. '/book.survey', table.concat(surveys))
  return pandoc.Pandoc { entries('nw-chunks', chunks_ix), entries('nw-idents', idents_ix) }
end
