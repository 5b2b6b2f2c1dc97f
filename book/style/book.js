// book.js: theme, search, expanding chunks, copying code, keys.  No network: everything works from file://.
(function () {
  'use strict';
  var root = document.documentElement, system = matchMedia('(prefers-color-scheme: dark)');
  function stored(v) { try { return v ? localStorage.setItem('coil-theme', v) : localStorage.getItem('coil-theme'); } catch (e) { return null; } }
  function paint() { var t = stored() || (system.matches ? 'dark' : 'light'); root.classList.remove('dark', 'light'); root.classList.add(t); }
  paint();
  system.addEventListener('change', paint);

  var loading = {};
  function load(file, then) {             // fetch is forbidden on file://; a script is not
    if (loading[file]) return loading[file].done ? then() : loading[file].push(then);
    var waiting = loading[file] = [then], s = document.createElement('script');
    s.src = file;
    s.onload = function () { waiting.done = true; waiting.forEach(function (f) { f(); }); };
    document.head.appendChild(s);
  }
  function el(tag, props, text) {
    var e = document.createElement(tag);
    Object.keys(props).forEach(function (k) { e.setAttribute(k, props[k]); });
    if (text) e.textContent = text;
    return e;
  }

  // chunks: a + before each use shows what stands there, and so on inwards
  function expand(use, button) {
    var open = button.getAttribute('aria-expanded') === 'true', next = use.nextElementSibling;
    button.setAttribute('aria-expanded', String(!open));
    button.textContent = open ? '+' : '−';
    if (open) return next.remove();
    var parts = coilChunks.filter(function (c) { return c[0] === use.dataset.chunk; }), box = el('span', { 'class': 'expansion' });
    parts.forEach(function (c) {
      var part = el('span', {});
      part.innerHTML = '<a class="from" href="' + c[2] + '">' + c[1] + '</a>' + (c[3] || '<span class="cm">(empty)</span>') + '\n';
      box.appendChild(part);
    });
    buttons(box);
    use.after(box);
  }
  function buttons(scope) {
    scope.querySelectorAll('pre .use, .use').forEach(function (use) {
      if (!use.closest('pre') && !use.closest('.expansion') || use.querySelector('button')) return;
      var name = use.textContent, b = el('button', { type: 'button', 'aria-expanded': 'false', 'aria-label': 'Expand ' + name, title: 'Expand' }, '+');
      b.addEventListener('click', function () { load('chunks.js', function () { expand(use, b); }); });
      use.prepend(b);
    });
  }

  // copying: the code without tags and buttons, of a transcript the commands without the prompt
  function copyText(block) {
    var typed = block.querySelectorAll('kbd');
    if (typed.length) return Array.from(typed, function (k) { return k.textContent; }).join('\n') + '\n';
    var pre = block.querySelector('pre').cloneNode(true);
    pre.querySelectorAll('.expansion, button, .tag, .prompt').forEach(function (e) { e.remove(); });
    return pre.textContent.replace(/⟨(.*?) ?⟩/g, '<<$1>>') + '\n';
  }
  function copier(block) {
    var b = el('button', { type: 'button', 'class': 'copy' }, 'copy');
    b.addEventListener('click', function () {
      var area = el('textarea', {});
      area.value = copyText(block);
      document.body.appendChild(area); area.select();
      var ok = document.execCommand('copy');
      area.remove(); b.focus();
      b.textContent = ok ? 'copied' : 'cannot copy';
      setTimeout(function () { b.textContent = 'copy'; }, 1500);
    });
    block.appendChild(b);
  }

  // search: every section that has all the words, those with them in the title first
  function search(q, list) {
    var words = q.toLowerCase().split(/\s+/).filter(Boolean);
    list.textContent = '';
    if (!words.length) return;
    var hits = coilSearch.map(function (s) {
      var title = s[1].toLowerCase(), text = s[2].toLowerCase(), score = 0;
      var all = words.every(function (w) {
        var n = text.split(w).length - 1, t = title.indexOf(w) >= 0;
        score += n + (t ? 50 : 0);
        return n || t;
      });
      return { s: s, score: all ? score : 0 };
    }).filter(function (h) { return h.score; }).sort(function (a, b) { return b.score - a.score; });
    hits.slice(0, 20).forEach(function (h) {
      var li = el('li', {}), at = Math.max(0, h.s[2].toLowerCase().indexOf(words[0]) - 40);
      li.appendChild(el('a', { href: h.s[0] }, h.s[1]));
      li.appendChild(el('small', {}, '… ' + h.s[2].substr(at, 110) + ' …'));
      list.appendChild(li);
    });
    if (!hits.length) list.appendChild(el('li', {}, 'Nothing found.'));
  }

  document.addEventListener('DOMContentLoaded', function () {
    var q = document.getElementById('q'), hits = document.getElementById('hits');
    document.getElementById('theme').addEventListener('click', function () { stored(root.classList.contains('dark') ? 'light' : 'dark'); paint(); });
    q.addEventListener('input', function () { load('search-index.js', function () { search(q.value, hits); }); });
    buttons(document);
    document.querySelectorAll('.chunk, .transcript').forEach(function (b) { if (b.querySelector('pre')) copier(b); });
    document.addEventListener('keydown', function (e) {
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT|BUTTON|PRE)$/.test(e.target.tagName)) {
        if (e.key === 'Escape' && e.target === q) { q.value = ''; hits.textContent = ''; q.blur(); }
        return;
      }
      var a = e.key === 'ArrowLeft' ? 'prev' : e.key === 'ArrowRight' ? 'next' : '';
      if (a) { a = document.querySelector('.pager a[rel=' + a + ']'); if (a) location.href = a.href; }
      else if (e.key === '/') { e.preventDefault(); q.focus(); }
    });
  });
})();
