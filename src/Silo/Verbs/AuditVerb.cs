using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Zvonok.Journal;
using Zvonok.Journal.Audit;

namespace Zvonok.Silo.Verbs;

/// <summary><c>audit</c>: checks the invariants on the data and prints a table; status 1 on a breach.</summary>
internal static class AuditVerb
{
    public static Command Create()
    {
        var command = new Command("audit", "Check the invariants on the data itself; status 1 on a breach. Safe while silos run.");
        command.SetAction((_, stop) => Guard.Run(() => Run(stop)));
        return command;
    }

    private static async Task<int> Run(CancellationToken stop)
    {
        await using var store = Composition.BuildStore();
        await store.GetRequiredService<JournalStartup>().Prepare(stop);
        var findings = await store.GetRequiredService<Auditor>().Run(_ => { }, stop);
        AnsiConsole.Write(TableOf(findings));
        return findings.All(finding => finding.IsClean) ? 0 : 1;
    }

    /// <summary>The findings as a table.</summary>
    public static Table TableOf(IReadOnlyList<AuditFinding> findings)
    {
        var table = new Table().Title("Audit").AddColumns("Invariant", "What has to hold", "Checked", "Breaches", "First breach");
        foreach (var finding in findings)
            table.AddRow(
                finding.Invariant.ToString(CultureInfo.InvariantCulture),
                finding.Name,
                finding.Checked.ToString("N0", CultureInfo.InvariantCulture),
                finding.IsClean ? "[green]0[/]" : $"[red]{finding.Breaches:N0}[/]",
                Markup.Escape(finding.Example ?? "-"));
        table.Caption(findings.All(finding => finding.IsClean) ? "clean" : "BREACHED");
        return table;
    }
}
