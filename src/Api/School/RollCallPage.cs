using System.Globalization;
using System.Net;
using System.Text;
using Zvonok.Grains.Buildings;

namespace Zvonok.Api.School;

/// <summary>A roll call as a page to print: a section for each group, with boxes to tick; black on white, and no script.</summary>
internal sealed class RollCallPage(RollCallWords words)
{
    private const string Style = """
        body{font:12pt sans-serif;color:#000;background:#fff;margin:1.5cm}
        h1{font-size:16pt;margin:0 0 .2em}h2{font-size:13pt;margin:1.2em 0 .3em;break-after:avoid}
        table{border-collapse:collapse;width:100%}tr{break-inside:avoid}thead{display:table-header-group}
        th,td{border:1px solid #000;padding:.15em .4em;text-align:left}td.box{width:1.2em;text-align:center}
        """;

    public byte[] Write(RollCallView roll)
    {
        var page = new StringBuilder(4_096 + 128 * roll.Lines.Length);
        var title = $"{words["RollCall"]} · {words["Building"]} {roll.Profile.Id}";
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{words.Code}\"><head><meta charset=\"utf-8\"><title>{Text(title)}</title><style>{Style}</style></head><body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(title)}</h1>\n<p>{Text(Summary(roll))}</p>\n");
        foreach (var group in roll.Lines.GroupBy(line => line.Group)) WriteGroup(page, roll, group.Key, [.. group]);
        page.Append("</body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private string Summary(RollCallView roll)
    {
        var mode = $"{words[roll.Mode.ToString()]}{(roll.InMode is { } period ? $" ({words["Since"]} {RollCallWords.Time(period.Since, roll.Profile)})" : "")}";
        var found = roll.Lines.Count(line => line.Found is not null);
        return string.Create(CultureInfo.InvariantCulture, $"{words["AsOf"]}: {RollCallWords.Time(roll.At, roll.Profile)} · {mode} · {words["Inside"]}: {roll.Lines.Length} · {words["Found"]}: {found}");
    }

    private void WriteGroup(StringBuilder page, RollCallView roll, string? group, IReadOnlyList<RollCallLine> lines)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section><h2>{Text(group ?? words["NoGroup"])} · {lines.Count}</h2>\n<table><thead><tr><th></th>");
        foreach (var column in (string[])["Account", "LastPassage", "Gate", "FoundAt"]) page.Append(CultureInfo.InvariantCulture, $"<th>{Text(words[column])}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var line in lines)
        {
            var (since, found) = (RollCallWords.Time(line.Since, roll.Profile), line.Found is { } mark ? RollCallWords.Time(mark.At, roll.Profile) : "");
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td class=\"box\">{(line.Found is null ? '☐' : '☑')}</td><td>{line.Account}</td><td>{since}</td><td>{RollCallWords.Number(line.Gate.Value)}</td><td>{found}</td></tr>\n");
        }

        page.Append("</tbody></table></section>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
