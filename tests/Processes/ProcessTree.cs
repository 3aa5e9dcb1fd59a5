using System.Globalization;

namespace Zvonok.Processes;

/// <summary>Who started whom, as Linux tells it.</summary>
internal static class ProcessTree
{
    /// <summary>The processes whose parent that process is.</summary>
    public static IReadOnlyList<int> Children(int process)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. File.ReadAllText($"/proc/{id}/task/{id}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
        ];
    }
}
