using Zvonok.Grains.Notices;
using Zvonok.Grains.Registry;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Registry;

/// <summary>Takes rows of the protocol straight into the registry's store, when no silo runs that could.</summary>
public sealed class RegistryFeed(IRegistry registry, TokenKeys keys, IChannelRules channels)
{
    /// <summary>Imports rows that follow <paramref name="before"/> others.</summary>
    public async Task<ImportResponse> Import(ImportRequest request, long before, CancellationToken stop)
    {
        // A card that is registered under an older key is found by a silo alone.
        if (keys.Older.Count > 0 && request.Rows.Any(row => row.Card is not null))
            throw new InvalidOperationException("While Zvonok:OlderTokenKeyFiles are set, cards are imported through a running silo alone: start one.");
        var (rows, bad) = RegistryRows.Read(request.Rows, before, keys.Newest, channels);
        var outcome = await registry.Import(rows, stop);
        return RegistryAnswers.Add(new ImportResponse(), outcome, bad);
    }
}
