-- split.lua: last filter of the HTML edition.  Cuts the finished document at its
-- headings of level 1, writes each page with book/style/page.html, and makes the
-- search index.  What pandoc itself then writes is only the list of pages.
package.path = PANDOC_SCRIPT_FILE:match('^(.*)/[^/]*$') .. '/?.lua;' .. package.path
local U = require 'util'
local List, str, esc = pandoc.List, pandoc.utils.stringify, U.esc
local out = os.getenv('WEAVE_HTML')

local function quote(s) return '"' .. s:gsub('[%c"\\]', function(c) return c == '"' and '\\"' or c == '\\' and '\\\\' or ' ' end) .. '"' end
local entity = { lt = '<', gt = '>', amp = '&', quot = '"' }
local function text_of(b)
  local function text(r) return r.text:gsub('<[^>]*>', ''):gsub('&(%a+);', entity) end
  local plain = pandoc.Div { b }:walk {
    RawInline = function(r) return pandoc.Str((text(r))) end,
    RawBlock = function(r) return pandoc.Plain { pandoc.Str((text(r))) } end }
  return (str(plain):gsub('%s+', ' '))
end

function Pandoc(doc)
  local m, pages, cur, refpage = doc.meta, List(), nil, nil
  for _, b in ipairs(doc.blocks) do
    if b.t == 'Header' and b.level == 1 then cur = { header = b, blocks = List() }; pages:insert(cur) end
    if cur then cur.blocks:insert(b) end
    if b.t == 'Div' and b.identifier == 'refs' then refpage = str(m.pages[#pages].href) end
  end
  for k, p in ipairs(pages) do
    p.href, p.title, p.num = str(m.pages[k].href), str(m.pages[k].title), str(m.pages[k].num)
    p.label = (p.num ~= '' and '<span class="secno">' .. p.num .. '</span> ' or '') .. esc(p.title)
  end
  local options = pandoc.WriterOptions { html_math_method = 'mathml', section_divs = false,
    template = pandoc.template.compile(U.slurp(str(m.pagetemplate))) }
  local search = {}
  local function sections(p, base)
    local o = List()
    for _, b in ipairs(p.blocks) do
      if b.t == 'Header' and b.level == 2 then
        o:insert('<li><a href="' .. base .. '#' .. esc(b.identifier) .. '">' .. pandoc.write(pandoc.Pandoc { pandoc.Plain(
          pandoc.Plain(b.content):walk({ Link = function(l) return l.content end }).content) }, 'html5') .. '</a></li>')
      end
    end
    return #o > 0 and '\n<ol>' .. table.concat(o, '\n') .. '</ol>' or ''
  end
  local function raw(s) return pandoc.MetaInlines { pandoc.RawInline('html', s) } end
  local function write(k, p)
    local nav = List()
    for j, q in ipairs(pages) do
      nav:insert('<li' .. (j == k and ' class="current"' or '') .. '><a href="' .. q.href .. '"' .. (j == k and ' aria-current="page"' or '')
        .. '>' .. q.label .. '</a>' .. (j == k and sections(q, '') or '') .. '</li>')
    end
    local function link(q, rel, before, after)
      return q and raw('<a rel="' .. rel .. '" href="' .. q.href .. '">' .. before .. q.label .. after .. '</a>') or nil
    end
    local blocks = pandoc.Div(p.blocks):walk({ Link = function(l)      -- citeproc does not know of pages
      if l.target:match('^#ref%-') then l.target = refpage .. l.target; return l end end }).content
    U.spit(out .. '/' .. p.href, pandoc.write(pandoc.Pandoc(blocks, pandoc.Meta { title = m.title, subtitle = m.subtitle, lang = m.lang,
      pagetitle = p.title, front = p.front, nav = raw(table.concat(nav, '\n')),
      prev = k and link(pages[k - 1], 'prev', '← ', ''), next = link(pages[(k or 0) + 1], 'next', '', ' →') }), 'html5', options))
  end
  for k, p in ipairs(pages) do
    local id, title, text = p.header.identifier, p.title, {}
    local function flush()
      search[#search + 1] = '[' .. quote(p.href .. '#' .. id) .. ',' .. quote(title) .. ',' .. quote(table.concat(text, ' ')) .. ']'; text = {}
    end
    for _, b in ipairs(p.blocks) do
      if b.t == 'Header' and b ~= p.header then flush(); id = b.identifier; title = text_of(b):gsub('^%s+', '') end
      text[#text + 1] = text_of(b)
    end
    flush(); write(k, p)
  end
  local contents = List()
  for _, p in ipairs(pages) do contents:insert('<li><a href="' .. p.href .. '">' .. p.label .. '</a>' .. sections(p, p.href) .. '</li>') end
  local front = List { U.raw('<h1 class="title">' .. esc(str(m.title)) .. '</h1>\n<p class="subtitle">' .. esc(str(m.subtitle)) .. '</p>\n<p class="edition">'
    .. esc(str(m.author)) .. ' · version ' .. esc(str(m.version)) .. ', ' .. esc(str(m.date)) .. '</p>\n<h2 id="contents">Contents</h2>\n<ol class="contents">'
    .. table.concat(contents, '\n') .. '</ol>\n<p class="edition">' .. esc(str(m.rights)) .. '</p>') }
  write(nil, { href = 'index.html', title = 'Contents', blocks = front, front = true })
  U.spit(out .. '/search-index.js', 'coilSearch=[\n' .. table.concat(search, ',\n') .. '];\n')
  return pandoc.Pandoc(pages:map(function(p) return pandoc.Plain { pandoc.Str(p.href) } end))
end
