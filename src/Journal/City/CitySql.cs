using Zvonok.Domain.City;

namespace Zvonok.Journal.City;

/// <summary>The city's statements. No account number leaves the database: it counts the accounts of each group by itself.</summary>
internal static class CitySql
{
    public const string IsKept = "select day from city_day where day = @day";

    public const string Zones = "select distinct zone from building order by zone";

    public const string KeepDay = "insert into city_day (day, kept_at) values (@day, @at) on conflict (day) do nothing returning day";

    public const string KeepBuilding = "insert into city_figure (day, building, figures) values (@day, @building, @figures) returning building";

    public const string Kept = """
        select building, figures from city_figure where day = @day and building > @after and building <= @last order by building limit @count
        """;

    /// <summary>
    /// The groups of the buildings of <c>@zone</c>: building, start, kind, accounts, facts, and of what is paid for the sum and what the two accounts have that have most of it. Its rows are found by when they were
    /// recorded: those of one day and the next, in all the city, once.
    /// </summary>
    public static string Groups(JournalDatabase database) => $"""
        with fact as (
            select passage.building, case passage.direction when {(int)Direction.In} then {(int)CityKind.Came} else {(int)CityKind.Left} end as kind,
                   {database.QuarterOfEvent} as start, passage.account, cast(null as bigint) as paid
            from passage join building on building.id = passage.building
            where building.zone = @zone and passage.recorded_at >= @recorded_from and passage.recorded_at < @recorded_until and event_at >= @from and event_at < @until
              and passage.kind in ({(int)PassageKind.Tap}, {(int)PassageKind.ManualAdmission}, {(int)PassageKind.HandOver})
              and passage.outcome <> {(int)PassageOutcome.Refused} and passage.direction is not null and passage.account is not null
            union all
            select device.building, case entry.kind when {(int)EntryKind.Sale} then {(int)CityKind.Bought} when {(int)EntryKind.Redemption} then {(int)CityKind.PublicMeal} else {(int)CityKind.OrderedMeal} end,
                   {database.QuarterOfEvent}, entry.account, -entry.amount
            from entry join device on device.id = entry.device join building on building.id = device.building
            where building.zone = @zone and entry.recorded_at >= @recorded_from and entry.recorded_at < @recorded_until and event_at >= @from and event_at < @until
              and entry.kind in ({(int)EntryKind.Sale}, {(int)EntryKind.Redemption}, {(int)EntryKind.OrderRedemption})
        ), person as (
            select building, start, kind, count(*) as facts, cast(sum(paid) as bigint) as paid
            from fact group by building, start, kind, account
        ), ranked as (
            select building, start, kind, facts, paid, row_number() over (partition by building, start, kind order by paid desc) as place from person
        )
        select building, start, kind, count(*), cast(sum(facts) as bigint), cast(sum(paid) as bigint), cast(sum(case when place <= 2 then paid end) as bigint)
        from ranked group by building, start, kind order by building, start, kind
        """;
}
