using Zvonok.Grains.Notices;
using Zvonok.Grains.Registry;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Registry;

/// <summary>Takes rows of the protocol straight into the registry's store, when no silo runs that could.</summary>
public sealed class RegistryFeed(IRegistry registry, TokenKey key, IChannelRules channels)
{
    /// <summary>Imports rows that follow <paramref name="before"/> others.</summary>
    public async Task<ImportResponse> Import(ImportRequest request, long before, CancellationToken stop)
    {
        var (rows, bad) = RegistryRows.Read(request.Rows, before, key, channels);
        var outcome = await registry.Import(rows, stop);
        return RegistryAnswers.Add(new ImportResponse(), outcome, bad);
    }
}
