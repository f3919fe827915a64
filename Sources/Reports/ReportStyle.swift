/// The style of a report's HTML, for a screen and for A4.
enum ReportStyle {
    /// - Parameter footer: of every page, a string of CSS.
    static func css(footer: String) -> String {
        """
        @page{size:A4;margin:14mm 13mm 16mm;@bottom-left{content:"\(footer)";font:7.5pt system-ui,sans-serif;
        color:#555}@bottom-right{content:"page " counter(page) " of " counter(pages);
        font:7.5pt system-ui,sans-serif;color:#555}}
        *{box-sizing:border-box}html{color-scheme:light}
        body{font:9pt/1.35 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:#16181d;
        background:#fff;max-width:184mm;margin:10mm auto;padding:0 2mm}
        h1{font-size:11pt;font-weight:600;margin:0;color:#444}
        .meta{color:#555;margin:0 0 4mm;font-size:8pt}
        .answer{font-size:16pt;line-height:1.25;font-weight:600;margin:0 0 1mm}
        .sub{margin:0 0 3mm;color:#333}
        h2{font-size:10pt;font-weight:600;margin:3.6mm 0 .8mm;break-after:avoid}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{text-align:left;vertical-align:top;padding:.75mm 2.2mm .75mm 0;border-bottom:.2mm solid #ddd}
        thead th{font-weight:600;color:#444;border-bottom:.35mm solid #999;font-size:8.5pt}
        .n{text-align:right}tbody th{font-weight:500}.all tfoot td{white-space:normal}
        .kf td+th{padding-left:4mm}.kf th{width:36mm;color:#444;font-weight:400;white-space:nowrap}
        .kf td{font-weight:500}.kf td+th.in{padding-left:8mm}.kf td{width:54mm}
        p.q{margin:1mm 0 0;font-size:8.2pt}.bad{color:#a3160f;font-weight:600}.q{color:#555}
        .notes{margin:1mm 0 0;padding-left:4.5mm}.notes li{margin:.6mm 0}
        .all{font-size:7.3pt}.all td,.all th{padding-right:1.6mm}.all td{white-space:nowrap}
        .all tbody th{min-width:34mm}.all thead th{font-size:6.8pt;vertical-align:bottom;white-space:nowrap}
        .all tr{break-inside:avoid}.all tfoot td{white-space:normal}.all td.n+td:not(.n){padding-left:2mm}
        time{white-space:nowrap}
        .all .nm{white-space:nowrap}.all .sm{display:block;color:#555;font-size:6.7pt;font-weight:400}
        .nm2{white-space:nowrap}.sm{text-wrap:balance}thead{display:table-header-group}tfoot{display:table-row-group}
        .page2{break-before:page;margin-top:0}
        dl{display:grid;grid-template-columns:32mm 1fr;gap:.5mm 3mm;margin:1mm 0}dt{font-weight:500}dd{margin:0}
        @media print{body{margin:0;max-width:none;padding:0}}
        """
    }

    /// A text within a string of CSS in HTML: what could end the string or the element is written as a number.
    static func string(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || "0123456789 ,.-_/".unicodeScalars.contains(scalar) {
                escaped.unicodeScalars.append(scalar)
            } else {
                escaped += "\\" + String(scalar.value, radix: 16) + " "
            }
        }
        return escaped
    }
}
