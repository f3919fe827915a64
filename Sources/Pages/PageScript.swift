/// The script of all pages. Without it everything works by links; with it a page stays fresh and in its place.
package enum PageScript {
    package static let javaScript = """
        (() => {
        const one = s => document.querySelector(s), all = s => document.querySelectorAll(s);
        let made, loaded;
        const now = () => made + performance.now() - loaded;
        const age = s => {
        const d = s / 86400 | 0, h = s / 3600 % 24 | 0, m = s / 60 % 60 | 0;
        return d > 99 ? d + 'd' : d ? d + 'd ' + h + 'h' : h ? h + 'h ' + m + 'm' : m ? m + 'm' : (s | 0) + 's';
        };
        const tick = () => all('time:not([id],.at)').forEach(t => {
        t.textContent = age(Math.abs(now() - Date.parse(t.dateTime)) / 1000);
        });
        const begin = () => {
        made = Date.parse(one('#asof')?.dateTime), loaded = performance.now();
        all('time').forEach(t => {
        t.dataset.l = '\\n' + new Date(t.dateTime).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'long'});
        });
        };
        const show = async (url, ids) => {
        const answer = await fetch(url, {cache: 'no-store', signal: AbortSignal.timeout(20000)});
        if (!answer.ok) throw answer.status;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const open = new Set([...all('details[open]')].map(d => d.dataset.k));
        for (const id of ids) {
        const fresh = page.getElementById(id);
        if (fresh && one('#' + id)) one('#' + id).replaceWith(document.adoptNode(fresh));
        }
        all('details').forEach(d => d.open = open.has(d.dataset.k));
        document.title = page.title;
        one('link[rel=icon]').href = page.querySelector('link[rel=icon]').href;
        begin();
        };
        begin();
        setInterval(tick, 30000);
        const q = one('[name=q]');
        addEventListener('keydown', k => {
        if (k.key === '/' && q && !/INPUT|SELECT|TEXTAREA/.test(k.target.tagName)) { k.preventDefault(); q.focus(); }
        });
        let wait;
        q?.addEventListener('input', () => {
        clearTimeout(wait);
        wait = setTimeout(async () => {
        const url = './?' + new URLSearchParams([...new FormData(q.form)].filter(f => f[1]));
        try { await show(url, ['chips', 'list']); history.replaceState(null, '', url); } catch { q.form.submit(); }
        }, 250);
        });
        addEventListener('beforeprint', () => all('details').forEach(d => d.open = true));
        const busy = () => !getSelection().isCollapsed || document.activeElement?.closest?.('main');
        if ('reload' in document.body.dataset) setInterval(async () => {
        if (document.hidden) return;
        try {
        if (!busy()) await show(location, ['asof', 'answer', 'accounts', 'chips', 'list', 'addon']);
        one('#stale').hidden = true;
        } catch {
        one('#stale').hidden = false;
        one('#stale').textContent = 'The exporter does not answer. This page is ' + age((now() - made) / 1000) + ' old.';
        }
        }, 60000);
        })();
        """
}
