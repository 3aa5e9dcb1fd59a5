using System.Text.RegularExpressions;
using Zvonok.Processes;

namespace Zvonok.Deploy.Tests.Documents;

/// <summary>A test that carries a rule's number, or a class of such tests.</summary>
internal sealed record TestedRule(string Rule, string Class, string Path);

/// <summary>Finds the tests of rules by their trait, in the sources: no test project has to be loaded into another.</summary>
internal static partial class TestedRules
{
    public static IReadOnlyList<TestedRule> Find() =>
    [
        .. from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
           where !path.Contains("/obj/", StringComparison.Ordinal)
           from Match trait in Trait().Matches(File.ReadAllText(file))
           select new TestedRule(trait.Groups["rule"].Value, Path.GetFileNameWithoutExtension(path), path),
    ];

    [GeneratedRegex("""^\s*\[.*Trait\("Rule", "(?<rule>[A-Z]\d+)"\)""", RegexOptions.Multiline)]
    private static partial Regex Trait();
}
