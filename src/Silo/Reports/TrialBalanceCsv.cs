using System.Runtime.CompilerServices;
using Zvonok.Domain;
using Zvonok.Grains.Reports;

namespace Zvonok.Silo.Reports;

/// <summary>The trial balance.</summary>
internal sealed class TrialBalanceCsv : CsvReport
{
    private Money _sum;

    public override IReadOnlyList<string> Columns => ["side", "total_kopecks"];

    public override bool IsSound => _sum == Money.Zero;

    public override string Summary => IsSound ? "they add up to 0: balanced" : $"they add up to {_sum} roubles and not to 0: run audit";

    public override async IAsyncEnumerable<object[]> Rows(IReports reports, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var line in reports.ReadTrialBalance(stop))
        {
            _sum += line.Total;
            yield return [line.Side, line.Total.Kopecks];
        }
    }
}
