using Zvonok.Grains.Buildings;

namespace Zvonok.Journal.PickUps;

/// <summary>Who may bring and collect whom, in their table.</summary>
internal sealed class PickUpStore(JournalDatabase database, Queries queries) : IPickUps
{
    public async Task<IReadOnlyList<PickUpRight>> Of(AccountNumber adult) => await queries.Select(
        $"select {PickUpRows.Columns} from pick_up where adult = @adult order by child, is_deny", row => PickUpRows.Read(database, row), ("adult", adult.Value));
}
