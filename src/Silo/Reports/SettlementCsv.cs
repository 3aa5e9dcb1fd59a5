using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Time;
using Zvonok.Grains.Reports;

namespace Zvonok.Silo.Reports;

/// <summary>The settlement of a day of recording.</summary>
internal sealed class SettlementCsv(ContraSelection whose, LocalDate day, string zone) : CsvReport
{
    private readonly string _day = LocalDatePattern.Iso.Format(day);
    private readonly Interval _recorded = Calendars.SpanOf(day, zone);
    private readonly HashSet<ContraAccount> _contras = [];
    private long _entries;

    public override IReadOnlyList<string> Columns => ["contra_account", "date", "kind", "other_side", "entry_count", "amount_kopecks"];

    public override string Summary => $"{_contras.Count} contra accounts, {_entries} entries on their sides"
        + (_recorded.End > SystemClock.Instance.GetCurrentInstant() ? "; the day is not over yet" : "");

    public override async IAsyncEnumerable<object[]> Rows(IReports reports, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var line in reports.ReadSettlement(whose, _recorded, stop))
        {
            _contras.Add(line.Contra);
            _entries += line.Entries;
            yield return [line.Contra, _day, JsonNamingPolicy.SnakeCaseLower.ConvertName(line.Kind.ToString()), line.Other, line.Entries, line.Amount.Kopecks];
        }
    }
}
