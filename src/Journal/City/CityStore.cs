using System.Runtime.CompilerServices;
using Zvonok.Domain.City;
using Zvonok.Grains.City;
using Zvonok.Journal.Reports;

namespace Zvonok.Journal.City;

/// <summary>The city's days in their tables. What is worked out is read as a report is, and what is kept as anything else.</summary>
internal sealed class CityStore(JournalDatabase database, ReportReader reports, Queries queries) : ICityLog
{
    private const int BuildingsAtOnce = 200;

    private readonly string _groups = CitySql.Groups(database);

    public async Task<bool> IsKept(LocalDate day) => (await queries.Select(CitySql.IsKept, row => database.ReadDate(row, 0), ("day", database.ToDb(day)))).Count > 0;

    public async Task<IReadOnlyList<string>> ListZones() => await queries.Select(CitySql.Zones, row => row.GetString(0));

    public IAsyncEnumerable<CityGroup> ReadGroups(string zoneId, Interval happened, Interval recorded, CancellationToken stop) => reports.Read(
        _groups, ReadGroup, stop, ("zone", zoneId), ("from", database.ToDb(happened.Start)), ("until", database.ToDb(happened.End)),
        ("recorded_from", database.ToDb(recorded.Start)), ("recorded_until", database.ToDb(recorded.End)));

    public Task<bool> Keep(LocalDate day, IReadOnlyCollection<CityFigure> figures, Instant now) => queries.Change(async (transaction, deadline) =>
    {
        // Whoever comes second waits here for the first, and then finds the day taken.
        var isFirst = (await queries.Select(
            transaction, CitySql.KeepDay, _ => { }, row => database.ReadDate(row, 0), deadline, ("day", database.ToDb(day)), ("at", database.ToDb(now)))).Count > 0;
        if (!isFirst) return (false, false);
        foreach (var building in figures.GroupBy(figure => figure.Building))
            await queries.Select(
                transaction, CitySql.KeepBuilding, _ => { }, row => row.GetInt32(0), deadline,
                ("day", database.ToDb(day)), ("building", building.Key.Value), ("figures", CityFigureCodec.Encode(building)));
        return (true, true);
    });

    public async IAsyncEnumerable<CityFigure> Read(LocalDate day, BuildingId? building, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var (after, last) = (building?.Value - 1 ?? 0, building?.Value ?? Limits.IdMax); ;)
        {
            stop.ThrowIfCancellationRequested();
            var page = await queries.Select(
                CitySql.Kept, row => (Building: new BuildingId(row.GetInt32(0)), Figures: row.GetFieldValue<byte[]>(1)),
                ("day", database.ToDb(day)), ("after", after), ("last", last), ("count", BuildingsAtOnce));
            foreach (var kept in page)
                foreach (var figure in CityFigureCodec.Decode(kept.Building, kept.Figures)) yield return figure;
            if (page.Count < BuildingsAtOnce) yield break;
            after = page[^1].Building.Value;
        }
    }

    private CityGroup ReadGroup(DbDataReader row) => new(
        new BuildingId(row.GetInt32(0)), database.ReadInstant(row, 1), (CityKind)row.GetInt16(2), row.GetInt64(3), row.GetInt64(4),
        row.IsDBNull(5) ? null : new CitySum(new Money(row.GetInt64(5)), new Money(row.GetInt64(6))));
}
