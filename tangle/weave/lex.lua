-- lex.lua: a small lexer for C, Python and sh, for display only.
-- lex(lang, piece, state) -> list of {class, text}, new state.  Classes: kw ty co nu st cm pp id op sp.
-- noweb cuts a line at its identifiers, so the state (inside which comment or
-- string we are) lives from piece to piece; eol(state) ends what ends with the line.
local M = {}
local function set(s) local t = {}; for w in s:gmatch('%S+') do t[w] = true end; return t end
local langs = {
  c = { line = '//', open = '/*', close = '*/', pp = true,
    kw = set [[auto break case const continue default do else enum extern for goto if inline register restrict
      return sizeof static struct switch typedef union volatile while _Alignas _Alignof _Atomic _Generic
      _Noreturn _Static_assert _Thread_local]],
    ty = set [[void char short int long float double signed unsigned _Bool bool size_t ssize_t ptrdiff_t
      intptr_t uintptr_t max_align_t FILE va_list int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t]],
    co = set [[NULL true false EOF SIZE_MAX INT64_MAX INT64_MIN]] },
  python = { line = '#', triple = true, decorator = true,
    kw = set [[and as assert async await break class continue def del elif else except finally for from global
      if import in is lambda nonlocal not or pass raise return try while with yield match case]],
    ty = set [[int float str bool list dict set tuple bytes object type]],
    co = set [[None True False self]] },
  sh = { line = '#', kw = set [[if then else elif fi for while do done case esac in export cd set]], ty = {}, co = {} },
  none = { kw = {}, ty = {}, co = {} },
}

-- a string runs to its closing quote; a backslash hides the character after it
local function string_end(s, i, q)
  while i <= #s do
    if s:sub(i, i) == '\\' then i = i + 2
    elseif s:sub(i, i + #q - 1) == q then return i + #q - 1
    else i = i + 1 end
  end
end

function M.lex(lang, s, st)
  local L, out, i = langs[lang] or langs.none, {}, 1
  local function put(class, to)
    if to >= i then out[#out + 1] = { class, s:sub(i, to) } end
    i = to + 1
  end
  while i <= #s do
    local c, rest = s:sub(i, i), s:sub(i)
    if st == 'line' then put('cm', #s)
    elseif st == 'block' then
      local _, b = s:find(L.close, i, true)
      put('cm', b or #s); st = not b and st or nil
    elseif st then                                   -- in a string that began in an earlier piece
      local b = string_end(s, i, st)
      put('st', b or #s); st = not b and st or nil
    elseif L.open and rest:sub(1, 2) == L.open then
      local _, b = s:find(L.close, i + 2, true)
      put('cm', b or #s); st = not b and 'block' or nil
    elseif L.line and rest:sub(1, #L.line) == L.line and (lang ~= 'sh' or i == 1 or s:sub(i - 1, i - 1) == ' ') then
      st = 'line'; put('cm', #s)
    elseif (c == '"' or c == "'") and lang ~= 'none' then
      local q = L.triple and rest:match('^"""') or L.triple and rest:match("^'''") or c
      local b = string_end(s, i + #q, q)
      put('st', b or #s); st = not b and q or nil
    elseif L.pp and c == '#' and s:sub(1, i - 1):match('^%s*$') then
      local include = rest:match('^#%s*include')
      put('pp', i - 1 + #rest:match('^#%s*%a*'))
      if include then
        put('sp', i - 1 + #s:sub(i):match('^%s*')); put('st', i - 1 + #(s:sub(i):match('^<[^>]*>') or ''))
      end
    elseif L.decorator and rest:match('^@[%a_]') then put('pp', i - 1 + #rest:match('^@[%w_.]+'))
    elseif c:match('[%a_]') then
      local w = rest:match('^[%w_]+')
      put(L.kw[w] and 'kw' or L.ty[w] and 'ty' or L.co[w] and 'co' or 'id', i - 1 + #w)
    elseif c:match('%d') then put('nu', i - 1 + #rest:match('^[%w_.]+'))
    elseif c == ' ' then put('sp', i - 1 + #rest:match('^ +'))
    else put('op', i - 1 + #(rest:match('^[^%w_%s"\'/#@]+') or c)) end
  end
  return out, st
end

-- the class of an identifier that noweb found, seen in state st
function M.ident(lang, word, st)
  local L = langs[lang] or langs.none
  return st and ((st == 'line' or st == 'block') and 'cm' or 'st') or L.kw[word] and 'kw' or nil
end
function M.eol(st)
  if st == 'line' or st == '"' or st == "'" then return nil end
  return st
end
return M
