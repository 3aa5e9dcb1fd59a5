using Google.Protobuf.Collections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Feed.V1;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Feed;
using Fact = Zvonok.Grains.Feed.Fact;
using FactKind = Zvonok.Grains.Feed.FactKind;

namespace Zvonok.Api.Feed;

/// <summary>Which facts a reader wants.</summary>
internal sealed class WatchFilter
{
    private const int BuildingsMax = 10_000;

    private readonly HashSet<FactKind> _kinds;
    private readonly HashSet<BuildingId> _buildings;
    private readonly DeviceDirectory _devices;

    /// <exception cref="BadFieldException">A kind or a building cannot be one.</exception>
    public WatchFilter(WatchRequest request, DeviceDirectory devices)
    {
        if (request.BuildingIds.Count > BuildingsMax) throw Check.Bad("building_ids", $"at most {BuildingsMax} buildings, or none for all");
        _kinds = Set(request.Kinds, "kinds", (kind, field) => Check.Enum<FactKind>((int)kind, field));
        _buildings = Set(request.BuildingIds, "building_ids", (id, field) => new BuildingId(Check.Id(id, field)));
        _devices = devices;
    }

    public ValueTask<bool> Passes(Fact fact)
    {
        if (_kinds.Count > 0 && !_kinds.Contains(fact.Kind)) return new(false);
        return _buildings.Count == 0 ? new(true) : fact switch
        {
            PassageFact passage => new(_buildings.Contains(passage.Passage.Building)),
            CardFact card => new(card.Card.Rights.Named.Any(_buildings.Contains)),
            EntryFact entry when entry.Entry.Device != default => StandsThere(entry.Entry.Device),
            _ => new(false),
        };
    }

    private async ValueTask<bool> StandsThere(DeviceId id) => await _devices.Find(id) is { } found && _buildings.Contains(found.Device.Building);

    private static HashSet<TDomain> Set<TField, TDomain>(RepeatedField<TField> values, string field, Func<TField, string, TDomain> check)
    {
        var set = new HashSet<TDomain>(values.Count);
        for (var i = 0; i < values.Count; i++) set.Add(check(values[i], $"{field}[{i}]"));
        return set;
    }
}
