using System.Globalization;
using System.Text.RegularExpressions;

namespace Zvonok.Deploy.Tests.Documents;

/// <summary>A row of the page of rules: number, what it says, and the classes that test it, with how often.</summary>
internal sealed partial record RuleRow(string Rule, string Says)
{
    /// <summary>Null for any other line.</summary>
    public static RuleRow? Parse(string line) => Row().Match(line) is { Success: true } row ? new(row.Groups["rule"].Value, row.Groups["says"].Value) : null;

    /// <summary>The line as it should be.</summary>
    public string With(IReadOnlyCollection<TestedRule> tests)
    {
        var classes = tests.Where(test => test.Rule == Rule).GroupBy(test => (test.Class, test.Path)).OrderBy(found => found.Key.Class, StringComparer.Ordinal).Select(Link).ToList();
        return $"| {Rule} | {Says} | {(classes.Count == 0 ? "**none**" : string.Join(", ", classes))} |";
    }

    private static string Link(IGrouping<(string Class, string Path), TestedRule> found) =>
        string.Create(CultureInfo.InvariantCulture, $"[{found.Key.Class}](../{found.Key.Path}) {found.Count()}");

    [GeneratedRegex(@"^\| (?<rule>[A-Z]\d+) \| (?<says>[^|]+) \| [^|]* \|$")]
    private static partial Regex Row();
}
