using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Time;
using Zvonok.Grains.Reports;
using Zvonok.Journal;
using Zvonok.Silo.Reports;

namespace Zvonok.Silo.Verbs;

/// <summary><c>report</c>: trial balance, settlement and claims as CSV (M5, M14). Rows go to a file or the standard output, everything else to the standard error.</summary>
internal static class ReportVerb
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "The CSV file; it is there only when it is whole. Without one the rows go to the standard output.",
        DefaultValueFactory = _ => "",
    };

    public static Command Create() => new("report", "Write a report on the books as CSV. Safe while silos run.") { TrialBalance(), Settlement(), Claims() };

    private static Command TrialBalance()
    {
        var command = new Command("trial-balance", "What each purse and each contra account stands at; status 1 when they do not add up to zero.") { Out };
        command.SetAction((parsed, stop) => Guard.Run(() => Run(new TrialBalanceCsv(), parsed.GetRequiredValue(Out), stop)));
        return command;
    }

    private static Command Settlement()
    {
        var day = new Option<string>("--day") { Description = "The calendar day on which entries were recorded, as in 2026-09-01.", Required = true };
        var zone = new Option<string>("--zone") { Description = "The zone whose day it is, as in Europe/Moscow.", Required = true };
        var whose = new Option<string>("--contra") { Description = "Whose: operator/7 for one, operator, bank, carrier, budget, transit or fee for all of a kind; without it everybody's.", DefaultValueFactory = _ => "" };
        var command = new Command("settlement", "What operators, banks, carriers and budgets received and gave on a day.") { day, zone, whose, Out };
        command.SetAction((parsed, stop) => Guard.Run(() => Run(
            new SettlementCsv(WhoseOf(parsed.GetRequiredValue(whose)), DayOf("--day", parsed.GetRequiredValue(day)), ZoneOf(parsed.GetRequiredValue(zone))),
            parsed.GetRequiredValue(Out), stop)));
        return command;
    }

    private static Command Claims()
    {
        var day = new Option<string>("--day") { Description = "The day of the meals, as in 2026-09-01; the first of several.", Required = true };
        var until = new Option<string>("--until") { Description = "The last day; without it there is one.", DefaultValueFactory = _ => "" };
        var funder = new Option<int>("--funder") { Description = "The budget's number; without it all." };
        var command = new Command("claims", "Meals at public cost by budget, building, day and kind of meal, each once.") { day, until, funder, Out };
        command.SetAction((parsed, stop) => Guard.Run(() =>
        {
            var first = DayOf("--day", parsed.GetRequiredValue(day));
            var last = parsed.GetRequiredValue(until) is { Length: > 0 } text ? DayOf("--until", text) : first;
            if (last < first) throw new SettingException($"--until: {parsed.GetValue(until)} should not be before --day.");
            return Run(new ClaimsCsv(FunderOf(parsed.GetValue(funder)), first, last), parsed.GetRequiredValue(Out), stop);
        }));
        return command;
    }

    private static async Task<int> Run(CsvReport report, string path, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        await using var store = Composition.BuildStore();
        await store.GetRequiredService<JournalStartup>().Prepare(stop);
        var reports = store.GetRequiredService<IReports>();
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var rows = await screen.Status().StartAsync("Reading the ledger", status => Write(count =>
        {
            if (count % 1_000 == 0) status.Status($"{count.ToString("N0", CultureInfo.InvariantCulture)} rows");
        }));
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "" : $"{path}: ")}{rows} rows in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s; {report.Summary}."));
        return report.IsSound ? 0 : 1;

        async Task<long> Write(Action<long> progress)
        {
            if (path.Length == 0) return await report.Write(reports, Console.Out, progress, stop);
            using var file = NewFile.Create(path);
            var count = await report.Write(reports, file.Text, progress, stop);
            file.Keep();
            return count;
        }
    }

    private static LocalDate DayOf(string option, string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 2000 and <= 2999 } day }
        ? day
        : throw new SettingException($"{option}: '{text}' should be a day of the years 2000 to 2999, as in 2026-09-01.");

    private static string ZoneOf(string text) => Calendars.TryGetZone(text, out _)
        ? text
        : throw new SettingException($"--zone: '{text}' should be the IANA name of a time zone, such as Europe/Moscow.");

    private static ContraSelection WhoseOf(string text) => ContraSelection.TryParse(text, out var whose)
        ? whose
        : throw new SettingException($"--contra: '{text}' should be a contra account such as operator/7, or a kind: operator, bank, carrier, budget, transit or fee.");

    private static ContraAccount? FunderOf(int id) => id switch
    {
        0 => null,
        >= 1 and <= Limits.IdMax => ContraAccount.Budget(id),
        _ => throw new SettingException($"--funder: {id} should be 1 to {Limits.IdMax}."),
    };
}
