using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Grains.Reports;

namespace Zvonok.Silo.Reports;

/// <summary>The meals at public cost of some days.</summary>
internal sealed class ClaimsCsv(ContraAccount? funder, LocalDate first, LocalDate last) : CsvReport
{
    private long _meals;
    private Money _amount;

    public override IReadOnlyList<string> Columns => ["funder_id", "building_id", "date", "meal_kind", "meal_count", "amount_kopecks"];

    public override string Summary => $"{_meals} meals, {_amount} roubles";

    public override async IAsyncEnumerable<object[]> Rows(IReports reports, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var line in reports.ReadClaims(funder, first, last, stop))
        {
            (_meals, _amount) = (_meals + line.Meals, _amount + line.Amount);
            yield return [line.Funder.Id, line.Building, LocalDatePattern.Iso.Format(line.Day), JsonNamingPolicy.SnakeCaseLower.ConvertName(line.Meal.ToString()), line.Meals, line.Amount.Kopecks];
        }
    }
}
