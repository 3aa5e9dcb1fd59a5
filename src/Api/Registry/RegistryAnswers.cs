using Zvonok.Grains.Registry;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Registry;

/// <summary>What an import answers.</summary>
internal static class RegistryAnswers
{
    private const int BadRowsMax = 1_000;

    /// <summary>Adds what became of some more rows.</summary>
    public static ImportResponse Add(ImportResponse response, RegistryOutcome outcome, IReadOnlyList<Grains.Registry.BadRow> misshapen)
    {
        response.AddedCount += outcome.Added;
        response.ChangedCount += outcome.Changed;
        response.UnchangedCount += outcome.Unchanged;
        response.BadCount += outcome.Bad.Count + misshapen.Count;
        var room = BadRowsMax - response.BadRows.Count;
        response.BadRows.AddRange(outcome.Bad.Concat(misshapen).OrderBy(bad => bad.Number).Take(room).Select(bad => new Zvonok.Registry.V1.BadRow
        {
            RowNumber = bad.Number,
            Field = bad.Field,
            Reason = bad.Reason,
        }));
        return response;
    }
}
