using Microsoft.Extensions.Options;
using Orleans.Placement;
using Zvonok.Domain.Lists;

namespace Zvonok.Grains.Lists;

/// <inheritdoc cref="IListGrain"/>
[GrainType("list"), PreferLocalPlacement]
public sealed class ListGrain(IListSource source, ListKeys keys, TokenKeys tokens, IClock clock, IOptions<ListOptions> options) : Grain, IListGrain
{
    private BuildingLists? _lists;

    /// <inheritdoc/>
    public async ValueTask<ListUpdate?> Fetch(DeviceKind audience, uint keyId, long knownVersion)
    {
        _lists ??= new BuildingLists(new BuildingId((int)this.GetPrimaryKeyLong()), source, keys, tokens, clock, options.Value);
        var update = await _lists.Fetch(audience, keyId, knownVersion);
        // Whoever asks for what is not there keeps nothing in the memory.
        if (_lists.IsEmpty) DeactivateOnIdle();
        return update;
    }

    /// <inheritdoc/>
    public ValueTask Outdate()
    {
        // Without lists it has seen nothing.
        _lists?.Outdate();
        return default;
    }
}
