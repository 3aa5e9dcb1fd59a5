using System.Globalization;
using Spectre.Console;
using Zvonok.Silo.Verbs;
using Zvonok.Simulation.Days;

namespace Zvonok.Silo.Demo;

/// <summary>The figures at the end.</summary>
internal static class ClosingTables
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Writes them; true when all went as it should.</summary>
    public static bool Write(IAnsiConsole console, DemoResult result)
    {
        console.WriteLine();
        console.Write(Operations(result));
        console.Write(Refusals(result));
        console.Write(JournalOf(result));
        console.Write(NoticesOf(result));
        if (result.Outages is { } outages) console.Write(OutagesOf(outages));
        console.Write(AuditVerb.TableOf(result.Audit));
        if (result.Faults > 0) console.WriteLine(string.Create(Culture, $"Unexpected: {result.Faults:N0}, the first: {result.FirstFault}."));
        if (!result.IsEverybodyTold) console.WriteLine(string.Create(Culture, $"Not everybody was told exactly what they subscribed to; {result.UnexpectedNotices:N0} notices are nobody's."));
        if (result.Outages is { } merged) console.WriteLine(Told(result, merged));
        var isGood = result.IsAuditClean && result.Faults == 0 && result.IsEverybodyTold && result.IsNothingLost;
        console.WriteLine(isGood
            ? "The audit is clean, and nothing unexpected happened."
            : "Something is wrong: see above.");
        return isGood;
    }

    private static Table Operations(DemoResult result) => Titled("One school morning and the first lunch break", "Operation", "Sent", "Granted", "Refused", "Failed", "p50 ms", "p99 ms", "max ms")
        .AddRow(Row("Taps", result.Taps))
        .AddRow(Row("Sales", result.Sales))
        .AddRow(Row("Top-ups", result.TopUps))
        .AddRow(Row("Daily limits", result.Limits));

    private static string[] Row(string name, TallyFigures figures) =>
    [
        name, Count(figures.Sent), Count(figures.Granted), Count(figures.Refused), Count(figures.Failed),
        Milliseconds(figures.Median), Milliseconds(figures.Percentile99), Milliseconds(figures.Longest),
    ];

    private static Table Refusals(DemoResult result)
    {
        var table = Titled("Refusals by reason", "Reason", "At gates", "At tills");
        foreach (var reason in result.Taps.RefusedFor.Keys.Union(result.Sales.RefusedFor.Keys).Order(StringComparer.Ordinal))
            table.AddRow(Reasons.TextOf(reason), Count(result.Taps.RefusedFor.GetValueOrDefault(reason)), Count(result.Sales.RefusedFor.GetValueOrDefault(reason)));
        return table;
    }

    private static Table JournalOf(DemoResult result) => Titled("Journal", "Appends", "Batches", "Mean batch size")
        .AddRow(Count(result.Appends), Count(result.Batches), result.Batches == 0 ? "-" : (result.Appends / (double)result.Batches).ToString("N1", Culture));

    private static Table NoticesOf(DemoResult result)
    {
        var table = Titled("Notices, from the record of the fact to the arrival", "Channel", "Due", "Arrived", "Repeats", "p50 ms", "p99 ms", "max ms");
        foreach (var channel in result.Notices)
            table.AddRow(
                channel.Channel, Count(channel.Due), Count(channel.Arrived), Count(channel.Repeats),
                Milliseconds(channel.Times.Median), Milliseconds(channel.Times.Percentile99), Milliseconds(channel.Times.Longest));
        return table;
    }

    private static Table OutagesOf(OutageFigures outages)
    {
        var times = string.Join(", ", outages.Past.Select(outage => string.Create(Culture, $"{outage.From:HH:mm} to {outage.Until:HH:mm}")));
        return Titled($"While the core was away: {times}", "Children", "Came", "Served", "Refused", "Turned away")
            .AddRow(Row("Passed", outages.AtGates))
            .AddRow(Row("Ate", outages.AtTills));
    }

    private static string[] Row(string name, AloneTally alone) =>
        [name, Count(alone.Came), Count(alone.Served), Count(alone.Refused), Count(alone.TurnedAway)];

    private static string Told(DemoResult result, OutageFigures outages) => string.Create(
        Culture,
        $"Without the core {outages.AtGates.Served:N0} children passed and {outages.AtTills.Served:N0} ate: {(outages.IsNobodyTurnedAway ? "all of them" : "not all of them")}. In the journal are {outages.Passages:N0} passages of {result.Taps.Granted + result.Taps.Refused:N0} and {outages.Sales:N0} sales of {result.Sales.Granted:N0}{(outages.NotTaken == 0 ? "" : Format($"; {outages.NotTaken:N0} facts were not taken"))}.");

    private static string Format(FormattableString text) => text.ToString(Culture);

    private static Table Titled(string title, params string[] columns)
    {
        var table = new Table().Title(title);
        foreach (var column in columns) table.AddColumn(new TableColumn(column) { Alignment = table.Columns.Count == 0 && column != "Appends" ? Justify.Left : Justify.Right, NoWrap = true });
        return table;
    }

    private static string Count(long count) => count.ToString("N0", Culture);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N1", Culture);
}
