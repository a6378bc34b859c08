namespace MtlsScenario.Graphs.Drawing;

/// <summary>How a diagram looks: in the colours that the reader's system asks for, and in black on white where it is printed.</summary>
internal static class SvgStyle
{
    /// <summary>
    /// The rules. Text has a contrast of at least 4.5 to 1 with what is behind it, lines and borders that carry meaning of at least
    /// 3 to 1.
    /// </summary>
    public const string Css = """
        .mtls-graph{--paper:#fff;--ink:#1b1f24;--quiet:#4d5660;--frame:#6f7883;--panel:#f3f5f7;--box:#fff;--authority:#e8eef9;--signs:#1f4fa3;--trusts:#8a4b00;--accepted:#14663a;--rejected:#b3261e;--accepted-box:#e9f6ee;--rejected-box:#fdecea;font-family:system-ui,"Segoe UI",Roboto,Helvetica,Arial,"DejaVu Sans",sans-serif;font-size:13px}
        @media (prefers-color-scheme:dark){.mtls-graph{--paper:#14181d;--ink:#e9edf1;--quiet:#b0bac5;--frame:#8b96a3;--panel:#1c2229;--box:#252c35;--authority:#22304a;--signs:#8ab4ff;--trusts:#f0b46a;--accepted:#6fd39a;--rejected:#ff8f86;--accepted-box:#17301f;--rejected-box:#3a1c1a}}
        @media print{.mtls-graph{--paper:#fff;--ink:#000;--quiet:#333;--frame:#555;--panel:#fff;--box:#fff;--authority:#fff;--signs:#000;--trusts:#000;--accepted:#000;--rejected:#000;--accepted-box:#fff;--rejected-box:#fff}}
        .mtls-graph text{fill:var(--ink);white-space:pre}
        .mtls-graph .strong{font-weight:700}
        .mtls-graph .quiet{fill:var(--quiet)}
        .mtls-graph .paper{fill:var(--paper)}
        .mtls-graph .frame{fill:var(--panel);stroke:var(--frame)}
        .mtls-graph .authority{fill:var(--authority);stroke:var(--signs);stroke-width:1.5}
        .mtls-graph .certificate{fill:var(--box);stroke:var(--frame)}
        .mtls-graph .accepted-box{fill:var(--accepted-box);stroke:var(--accepted)}
        .mtls-graph .rejected-box{fill:var(--rejected-box);stroke:var(--rejected);stroke-dasharray:2 3}
        .mtls-graph .revoked{stroke:var(--rejected);stroke-width:2;stroke-dasharray:2 3}
        .mtls-graph .wire{fill:none;stroke-width:1.5}
        .mtls-graph .signs{stroke:var(--signs)}
        .mtls-graph .trusts{stroke:var(--trusts);stroke-dasharray:6 4}
        .mtls-graph .accepted{stroke:var(--accepted);stroke-width:2}
        .mtls-graph .rejected{stroke:var(--rejected);stroke-width:2;stroke-dasharray:2 3}
        .mtls-graph .reach{fill:none;stroke:transparent;stroke-width:9}
        .mtls-graph .net:hover .wire{stroke-width:4}
        .mtls-graph .mark{pointer-events:none;fill:none;stroke-dasharray:none;stroke-width:2}
        .mtls-graph .dot{stroke:none;pointer-events:none}
        .mtls-graph .dot.signs{fill:var(--signs)}
        .mtls-graph .dot.trusts{fill:var(--trusts)}
        .mtls-graph .dot.accepted{fill:var(--accepted)}
        .mtls-graph .dot.rejected{fill:var(--rejected)}

        """;
}
