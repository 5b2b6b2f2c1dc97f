-- uses.lua: drops uses of identifiers that are none.  noweb's finduses looks at words, and so finds
-- names in comments and strings, those of C in Python, and what is static in one file in all others.
local lex = require 'lex'
local M = {}

-- the files that a chunk becomes part of: a set of names
local function files_of(name, roots, users, found, seen)
  found, seen = found or {}, seen or {}
  if seen[name] then return found end
  seen[name] = true
  if roots[name] then found[name] = true end
  for _, u in ipairs(users[name] or {}) do files_of(u, roots, users, found, seen) end
  return found
end

-- may chunk c mean the identifier `word` that chunk d defines?
local function visible(word, c, d)
  if not d or c.lang ~= d.lang then return false end
  if word:match('^[Cc][Oo][Ii][Ll]') then return true end
  for f in pairs(d.into) do if f:match('%.h$') or c.into[f] then return true end end
  return false
end

-- A name in a comment may stay a link, if it is one of the library's; a use it is not.
local function prune_chunk(c, by_label)
  local st = nil
  c.used = {}
  for _, t in ipairs(c.toks) do
    if t[1] == 'n' then st = lex.eol(st)
    elseif t[1] == 't' then local _; _, st = lex.lex(c.lang, t[2], st)
    elseif t[1] == 'i' then
      local meant = visible(t[2], c, by_label[t.ref])
      if meant and not st then c.used[t[2]] = true
      elseif not (meant and t[2]:match('^[Cc][Oo][Ii][Ll]')) then t[1] = 't' end
    end
  end
end

-- files, entries (of the index of identifiers), roots and users as reader.lua has them
function M.prune(files, entries, roots, users, language)
  local by_label = {}
  local function chunks(f) for _, file in ipairs(files) do for _, c in ipairs(file.chunks) do f(c) end end end
  local function still(id)      -- of a list of labels, those of chunks that still use it
    return function(l) local c = by_label[(l:gsub('%-u%d+$', ''))]; return c and c.used[id] end
  end
  chunks(function(c) c.lang, c.into = language(c.name) or 'c', files_of(c.name, roots, users); by_label[c.label or ''] = c end)
  chunks(function(c) prune_chunk(c, by_label) end)
  chunks(function(c)
    c.uses = pandoc.List(c.uses):filter(function(e) return c.used[e.id] end)
    for _, e in ipairs(c.defs) do e.at = pandoc.List(e.at):filter(still(e.id)) end
  end)
  for _, e in ipairs(entries) do e.uses = pandoc.List(e.uses):filter(still(e.name)) end
end
return M
