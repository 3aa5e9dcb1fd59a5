using System.Text.RegularExpressions;

namespace Zvonok.Silo.Demo;

/// <summary>Names of refusals as people read them.</summary>
internal static partial class Reasons
{
    /// <summary><c>InsufficientFunds</c> as "insufficient funds".</summary>
    public static string TextOf(string name) => WordStart().Replace(name, " $0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
