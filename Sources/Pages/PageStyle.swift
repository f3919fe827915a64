/// The styles of the pages: a strict Content-Security-Policy allows each by its hash, so there are no `style` attributes.
package enum PageStyle {
    package static let fleet = colours + frame + parts + list + narrow + paper
    package static let addon = colours + frame + parts + single + narrow + paper

    /// Text has a contrast of 4.5:1 or more on its background in both schemes, shapes 3:1.
    private static let colours = """
        :root{color-scheme:light dark;--bg:#fff;--pan:#f5f6f8;--tx:#14181d;--mu:#57606b;--ln:#dde1e6;--ed:#848d98;--lk:#0b57d0;\
        --b:#b3201a;--bb:#fdeceb;--o:#7d4e00;--ob:#fcf1d4;--u:#5746a3;--ub:#fff;--q:#57606b;--qb:#edeff2;--g:#1a6e36;--gb:#e5f3e9;\
        --sg:#2f8a4d;--sb:#d0342c;--sd:#868f9a;--tr:#d9dde2}
        @media(prefers-color-scheme:dark){:root{--bg:#0e1116;--pan:#161b22;--tx:#e7eaee;--mu:#9aa4b0;--ln:#2a313a;--ed:#6b7580;\
        --lk:#83b4ff;--b:#ff8f87;--bb:#3a1715;--o:#f0be55;--ob:#33270c;--u:#b8abff;--ub:#0e1116;--q:#a5afbb;--qb:#222931;--g:#6fd08c;\
        --gb:#12301d;--sg:#3d9c5b;--sb:#f0605a;--sd:#717b87;--tr:#303842}}
        .b{--c:var(--b);--k:var(--bb)}.o{--c:var(--o);--k:var(--ob)}.u{--c:var(--u);--k:var(--ub)}\
        .q{--c:var(--q);--k:var(--qb)}.g{--c:var(--g);--k:var(--gb)}

        """

    private static let frame = """
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--tx);font:.875rem/1.5 system-ui,"Segoe UI",Roboto,sans-serif;\
        font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
        header,main,footer{max-width:90rem;margin:auto;padding:0 1.5rem}
        header,footer{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;padding-block:.75rem}
        header nav{display:flex;gap:1rem}header nav a,header p,footer{color:var(--mu)}header p{margin:0 0 0 auto}
        .home{font-weight:600;color:var(--tx)}
        footer{margin-top:2rem;padding-block:1.5rem;font-size:.8125rem;border-top:1px solid var(--ln)}
        h1,h2,h3,p,dl,dd,ul,ol{margin:0}h1{font-size:1.75rem;line-height:1.2;font-weight:650;text-wrap:balance}
        h2{font-size:1rem;font-weight:600}h3{font-size:.875rem;font-weight:600}
        a{color:var(--lk);text-decoration:none}a:hover,p a,li a,td a,dd a,small a{text-decoration:underline;text-underline-offset:.15em}
        :focus-visible{outline:2px solid var(--lk);outline-offset:2px;border-radius:3px}
        small,.mu{color:var(--mu)}small{font-size:.75rem;font-weight:400}
        code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.75rem;overflow-wrap:anywhere}
        .vh,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        #stale{background:var(--b);color:var(--bg);padding:.5rem 1.5rem;font-weight:600;text-align:center}
        .paper{display:none}

        """

    /// Icons, states, ages, bars and strips.
    private static let parts = """
        .i,td>b>svg{width:1em;height:1em;flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;\
        stroke-linejoin:round;vertical-align:-.125em}.home .i{margin-right:.375em}
        .p,td:first-child>b{display:inline-flex;gap:.375em;align-items:center;padding:.0625rem .5rem;border-radius:1rem;\
        background:var(--k);color:var(--c);font-weight:600;font-size:.8125rem;white-space:nowrap}
        .u .p,.p.u,.u td>b{box-shadow:inset 0 0 0 1px var(--c)}
        .g td:first-child>b,.q td:first-child>b{background:none;padding-left:0;font-weight:500}
        table{width:100%;border-collapse:collapse}th{text-align:left;font-weight:500}
        thead th{color:var(--mu);font-size:.75rem}
        time{position:relative;white-space:nowrap}
        time:hover:after{content:attr(datetime) attr(data-l);position:absolute;left:0;bottom:100%;z-index:2;background:var(--tx);\
        color:var(--bg);font:.75rem/1.5 ui-monospace,Consolas,monospace;padding:.125rem .5rem;border-radius:4px;white-space:pre}
        .s{width:142px;height:12px;display:block;fill:none;stroke:var(--sg);stroke-width:8;stroke-dasharray:8 2}
        .s .f{stroke:var(--sb);stroke-width:12}.s .x{stroke:var(--sb);stroke-width:1.5;stroke-dasharray:none}.n{stroke:var(--sd);stroke-width:2;stroke-dasharray:2 8}
        .s .h{stroke:var(--sd);stroke-width:4}.s .r{stroke:var(--lk);stroke-width:4}
        .a{display:block;width:99px;height:4px;margin:.25rem 0;background:linear-gradient(90deg,var(--tr) 66.6%,var(--ed) 66.6% 68.6%,var(--tr) 68.6%)}.a path{stroke:var(--sg);stroke-width:4}
        .bud{width:60px;height:4px;background:var(--tr);vertical-align:middle}.bud path{stroke:var(--mu);stroke-width:4}.a.v path{stroke:var(--sb)}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.125rem .75rem}dt{color:var(--mu)}dd{overflow-wrap:anywhere;min-width:0}
        .pages{display:flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center;margin-top:1rem}.pages span{margin-right:auto;color:var(--mu)}
        .pages a,.pages b{min-width:2rem;min-height:2rem;padding:.25rem .5rem;text-align:center;border-radius:6px}.pages b{background:var(--tx);color:var(--bg)}
        .key{display:flex;gap:.25rem 1rem;flex-wrap:wrap;color:var(--mu);font-size:.75rem;margin-left:auto;font-weight:400}
        .note{background:var(--ob);color:var(--o);padding:.5rem .75rem;border-radius:6px;margin-bottom:.75rem}
        summary{cursor:pointer;color:var(--mu);font-size:.8125rem;width:max-content}

        """

    private static let list = """
        .ans{padding:.75rem 0 1.25rem}.ans h1.b a{color:var(--b);text-decoration:underline 2px}.ans h1.g{color:var(--g)}.ans p{margin-top:.375rem}
        .ans h1.u{color:var(--u)}
        .acc{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(19rem,100%),1fr));gap:1px;border:1px solid var(--ln);\
        border-radius:8px;background:var(--ln);overflow:hidden;font-size:.8125rem}
        .acc section{padding:.75rem 1rem;background:var(--pan)}.acc section.b{box-shadow:inset 3px 0 var(--sb)}
        .acc h2{font-size:.875rem;display:flex;flex-wrap:wrap;gap:0 .5rem;align-items:center;margin-bottom:.25rem}
        .acc h2 small{margin-left:auto}.acc .e{color:var(--b);font-weight:500}
        .chips{display:flex;flex-wrap:wrap;gap:.25rem;font-size:.8125rem;margin:1.25rem 0 .75rem;padding:0;list-style:none}
        .chips a{display:flex;gap:.375rem;align-items:center;min-height:1.75rem;padding:0 .5rem;border:1px solid var(--ln);\
        border-radius:1rem;color:var(--tx);text-decoration:none;white-space:nowrap}.chips .i{color:var(--c)}
        .chips a:hover{border-color:var(--ed)}.chips [aria-current]{background:var(--tx);color:var(--bg)}.chips [aria-current] .i{color:var(--bg)}
        form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
        input,select,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--ed);border-radius:6px;\
        min-height:2rem;padding:.125rem .625rem;max-width:100%}input{flex:1 1 16rem;max-width:26rem}input::placeholder{color:var(--mu);opacity:1}
        button{background:var(--pan);cursor:pointer;font-weight:500}.by{margin-left:auto;color:var(--mu)}.by a,.by b{margin-left:.75rem}
        .list{margin-top:1.75rem}.list>h2{display:flex;gap:.5rem;align-items:baseline;flex-wrap:wrap;padding-bottom:.375rem}
        .list table{table-layout:fixed}.list thead th{padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--ln)}
        .list tbody :is(td,th){padding:.5rem .75rem .5rem 0;vertical-align:top;border-bottom:1px solid var(--ln);font-weight:400}
        .list tbody th,.list td:nth-child(5){font-size:.75rem;color:var(--mu);overflow-wrap:anywhere}.list th code{display:block}.list tbody th a{font-weight:600;font-size:.875rem}
        .list td:nth-child(5) :is(time,b){font-size:.875rem;color:var(--tx)}.list td:nth-child(3){overflow-wrap:anywhere}
        .list tr>:first-child{padding-left:.75rem!important}.list tr:is(.b,.o) td:first-child{box-shadow:inset 3px 0 var(--c)}
        .list td:first-child small{display:block}
        .list th:nth-child(1){width:9.5rem}.list th:nth-child(2){width:14.5rem}.list th:nth-child(4){width:calc(142px + 1.25rem)}
        .list th:nth-child(5){width:11.5rem}.list th:nth-child(6){width:5rem}.list th:nth-child(7){width:6.5rem}.list th:nth-child(8){width:5.5rem}
        .list tbody tr:hover{background:var(--pan)}.list td:nth-child(n+6){white-space:nowrap}td details{color:var(--mu);font-size:.8125rem}
        .fold{margin:0;padding:0;list-style:none;border-top:1px solid var(--ln)}
        .fold li{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;padding:.5rem .75rem;border-bottom:1px solid var(--ln)}
        .fold li>span{flex:1 1 20rem}
        .key .s{width:8px;display:inline-block;vertical-align:-2px;margin-right:.375rem}
        .none{padding:2rem 0;text-align:center}

        """

    private static let single = """
        .crumb{display:flex;flex-wrap:wrap;gap:.25rem .5rem;font-size:.8125rem;margin-bottom:.25rem}.crumb a:after{content:" /"/"";color:var(--mu)}
        h1 small{font-size:.875rem}.ver,.two{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));margin-top:1rem}
        .ver>section,.card{border:1px solid var(--ln);border-radius:8px;padding:1rem 1.25rem;min-width:0}.ver>.b{box-shadow:inset 4px 0 var(--sb)}
        .ver>.o{box-shadow:inset 4px 0 var(--o)}.ver>.u{box-shadow:inset 4px 0 var(--u)}.ver>.g{box-shadow:inset 4px 0 var(--sg)}
        .say{font-size:1.125rem;font-weight:600;margin:.5rem 0}.find{list-style:none;padding:0;margin-top:.75rem}
        .find li{display:flex;flex-wrap:wrap;gap:.25rem .75rem;border-top:1px solid var(--ln);padding:.375rem 0;align-items:baseline}
        .find span{flex:1 1 14rem}.act{background:var(--pan)}.act ol{padding-left:1.25rem;margin:.5rem 0 1rem}.act li{margin-bottom:.25rem}
        .go{display:inline-block;padding:.25rem .75rem;border:1px solid var(--ed);border-radius:6px;font-weight:500;margin:0 .5rem .5rem 0;color:var(--tx)}
        pre{white-space:pre-wrap;margin:.5rem 0 0}.part{margin-top:2rem}.part>h2{margin-bottom:.5rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
        .num{font-size:1.125rem;margin:.25rem 0}.card .a{width:100%}.card dl{margin-top:.5rem}.card h3{display:flex;flex-wrap:wrap;gap:.5rem;align-items:baseline}
        .figs{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(12rem,100%),1fr));margin-top:.75rem}figure{margin:0}figcaption{font-size:.75rem;color:var(--mu)}
        .sp{width:100%;height:52px;display:block}.sp .d{fill:var(--tr)}.sp path{fill:none;stroke:var(--tx);stroke-width:1.5;vector-effect:non-scaling-stroke}
        .sp .f{stroke:var(--sb);stroke-width:2}.sp circle{fill:var(--tx)}.tl{width:100%;height:28px;display:block;margin:.5rem 0}
        .tl path{stroke:var(--ln);vector-effect:non-scaling-stroke}.tl rect{fill:var(--sg)}.tl .f{fill:var(--sb)}.tl .h{fill:var(--sd)}.tl .r{fill:var(--lk)}
        .wide{overflow-x:auto;position:relative}.cal{width:auto}.cal th,.cal td{padding:.0625rem;text-align:center;font-size:.6875rem}.cal tbody th{padding-right:.75rem;text-align:left;font-size:.8125rem}
        .cal .s{width:18px;height:18px}.sq{fill:none}.sq .c{stroke:var(--sg);stroke-width:12}.sq .f{stroke:var(--sb);stroke-width:16}.sq .x{stroke:var(--sb);stroke-width:2}
        .sq .h{stroke:var(--sd);stroke-width:5}.sq .r{stroke:var(--lk);stroke-width:5}.sq .y{stroke:var(--ed);stroke-width:1.5;stroke-dasharray:3 2}
        .sq{width:18px;height:18px;display:block}.rows th,.rows td{padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--ln);vertical-align:top}
        .rows thead th,.rows td:nth-child(n+4){white-space:nowrap}dl+.wide{margin-top:.75rem}.plain{list-style:none;padding:0}.part h3{margin:1rem 0 .25rem}.card h3,.two h2+h3{margin-top:0}

        """

    private static let narrow = """
        @media(min-width:68.01rem) and (max-width:84rem){.list :is(td,thead th):is(:nth-child(6),:nth-child(8)){display:none}}
        @media(max-width:68rem){header,main,footer{padding-inline:1rem}h1{font-size:1.375rem}
        .list :is(table,tbody,tr,td,tbody th){display:block}.list thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .list tbody tr{display:grid;grid-template-columns:repeat(6,1fr);gap:.375rem .5rem;padding:.75rem 0 .75rem .75rem;border-bottom:1px solid var(--ln)}
        .list tr:is(.b,.o){box-shadow:inset 3px 0 var(--c)}.list tbody :is(td,th){padding:0!important;border:0;box-shadow:none!important;grid-column:1/-1}
        .list td:is(:nth-child(4),:nth-child(5)){grid-column:span 3}.list td:nth-child(n+6){display:block;grid-column:span 2;white-space:normal}
        .list td:nth-child(n+4):before{display:block;color:var(--mu);font-size:.75rem}.list td:nth-child(4):before{content:"Last 14 days"}
        .list td:nth-child(5):before{content:"Age of last good backup"}.list td:nth-child(6):before{content:"Size"}
        .list td:nth-child(7):before{content:"Next due"}.list td:nth-child(8):before{content:"Checked"}.list td:empty{display:none}
        .list tbody tr>:first-child{padding:0!important}.list td:first-child small{display:inline;margin-left:.375rem}.key{display:none}.s{max-width:100%}
        .list .g :is(td:nth-child(4),td:nth-child(6),td:nth-child(8)){display:none}.list .g td:nth-child(7){grid-column:span 3}.find span{flex-basis:100%;order:1}}
        @media(max-width:44rem){header nav{display:none}input{flex-basis:100%;max-width:none}select{flex:1 1 40%;min-width:0}.by{margin-left:0;width:100%}
        .acc h2 small{margin-left:0}.pages span{width:100%}}

        """

    private static let paper = """
        @media print{:root{--bg:#fff;--tx:#000;--mu:#444;--ln:#bbb;--lk:#000}header nav,header a:not(.home),.skip,form,.chips,.pages,.act details{display:none!important}
        tr,.card{break-inside:avoid}.rows td{white-space:normal!important}h2{break-after:avoid}.paper{display:inline}details::details-content{content-visibility:visible}*{print-color-adjust:exact}}
        @media(forced-colors:active){[aria-current]{outline:2px solid}.p{border:1px solid}.s,.a,.sq,.sp,.tl{forced-color-adjust:none}}
        """
}
