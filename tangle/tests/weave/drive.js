// drive.js: put at the end of a sample page by the test html-script; uses the page as a reader would.
document.addEventListener('DOMContentLoaded', function () {
  var lines = [];
  function report(s) { lines.push('report: ' + s); }
  function done() { var p = document.createElement('pre'); p.textContent = lines.join('\n'); document.body.appendChild(p); }
  function button(root, name) {
    return Array.from(root.querySelectorAll('.use > button')).filter(function (b) { return b.getAttribute('aria-label').indexOf(name) >= 0; })[0];
  }
  document.execCommand = function () { report('copied ' + (document.activeElement.value || '').split('\n').filter(function (l) { return /say hello|^\.\/hello/.test(l); })
    .map(function (l) { return (/^\.\//.test(l) ? 'command ' : 'code ') + l.trim(); })); return true; };
  var chunk = document.querySelector('.chunk'), data = button(chunk, 'data with');
  data.click();
  setTimeout(function () {
    var box = chunk.querySelector('.expansion');
    if (box && box.textContent.indexOf('tilde') >= 0 && data.getAttribute('aria-expanded') === 'true') report('expanded');
    button(box, 'a named place').click();
    setTimeout(function () {
      if (box.querySelector('.expansion').textContent.indexOf('chapter_two') >= 0) report('inner');
      chunk.querySelector('.copy').click();
      document.querySelector('.transcript .copy').click();
      data.click();
      if (!chunk.querySelector('.expansion')) report('closed');
      var q = document.getElementById('q');
      q.value = 'twelve lines'; q.dispatchEvent(new Event('input'));
      document.getElementById('theme').click();
      if (document.documentElement.classList.contains('dark')) report('dark');
      setTimeout(function () {
        var a = document.querySelector('#hits a');
        if (a && a.getAttribute('href') === '01-torture.html#sec:long') report('found');
        done();
      }, 1500);
    }, 300);
  }, 1500);
});
