using Zvonok.Domain.City;
using Zvonok.Domain.Time;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.City;

/// <summary>A day of some schools from a seed, with all that does not count and all that comes late; and its groups once more, fact by fact and as one would do it by hand.</summary>
internal sealed class RandomDay
{
    public static readonly BuildingProfile[] Buildings = [new(new BuildingId(1), Given.Zone), new(new BuildingId(2), Given.Zone), new(new BuildingId(3), "Asia/Kamchatka")];

    private const int Accounts = 40;
    private static readonly DeviceId Unregistered = new(509);

    private readonly Random _random;
    private readonly Dictionary<int, long> _seqs = [];

    public RandomDay(int seed)
    {
        _random = new Random(seed);
        for (var n = 0; n < 700; n++)
        {
            var building = Pick(Buildings);
            var at = Time(building.ZoneId);
            // Most is recorded at once, or ahead of a clock that is late; some comes within the day that counts, and some after it.
            var recorded = at + _random.Next(10) switch { 0 => Duration.FromMinutes(_random.Next(3_600)), 1 => Duration.FromMinutes(-_random.Next(11)), _ => Duration.FromSeconds(_random.Next(3)) };
            if (_random.Next(2) == 0) Passages.Add(Passage(building.Id.Value, at, recorded));
            else Entries.Add(Entry(building.Id, at, recorded));
        }
    }

    public static Device[] Devices => [.. Buildings.SelectMany(building => new[] { 1, 2 }.Select(n => new Device(new DeviceId(500 + building.Id.Value * 10 + n), DeviceKind.Till, building.Id, Given.Seller)))];

    public List<Passage> Passages { get; } = [];

    public List<Entry> Entries { get; } = [];

    /// <summary>The groups of a zone's buildings.</summary>
    public List<CityGroup> Groups(LocalDate day, string zone)
    {
        var (happened, recorded) = (Calendars.SpanOf(day, zone), CityRules.RecordedIn(day, zone));
        var places = Devices.ToDictionary(device => device.Id, device => device.Building);
        var here = Buildings.Where(building => building.ZoneId == zone).Select(building => building.Id).ToHashSet();
        var facts = Passages.Select(passage => (passage.Building, passage.EventAt, passage.RecordedAt, Kind: KindOf(passage), passage.Account, Paid: (long?)null))
            .Concat(Entries.Select(entry => (Building: places.GetValueOrDefault(entry.Device), entry.EventAt, entry.RecordedAt, Kind: KindOf(entry), Account: (AccountNumber?)entry.Account, Paid: (long?)-entry.Amount.Kopecks)));
        return
        [
            .. from fact in facts
               where fact.Kind is not null && fact.Account is not null && here.Contains(fact.Building) && happened.Contains(fact.EventAt) && recorded.Contains(fact.RecordedAt)
               group fact by (fact.Building, Start: happened.Start + Duration.FromMinutes((long)(fact.EventAt - happened.Start).TotalMinutes / 15 * 15), Kind: fact.Kind!.Value) into members
               let paid = members.GroupBy(fact => fact.Account).Select(own => own.Sum(fact => fact.Paid) ?? 0).OrderDescending().ToList()
               orderby members.Key.Building.Value, members.Key.Start, members.Key.Kind
               select new CityGroup(
                   members.Key.Building, members.Key.Start, members.Key.Kind, paid.Count, members.Count(),
                   members.Key.Kind is CityKind.Came or CityKind.Left ? null : new CitySum(new Money(paid.Sum()), new Money(paid.Take(2).Sum()))),
        ];
    }

    private static CityKind? KindOf(Passage passage) => passage switch
    {
        { Kind: not (PassageKind.Tap or PassageKind.ManualAdmission or PassageKind.HandOver) } or { Outcome: PassageOutcome.Refused } => null,
        { Direction: Direction.In } => CityKind.Came,
        { Direction: Direction.Out } => CityKind.Left,
        _ => null,
    };

    private static CityKind? KindOf(Entry entry) => entry.Kind switch
    {
        EntryKind.Sale => CityKind.Bought,
        EntryKind.Redemption => CityKind.PublicMeal,
        EntryKind.OrderRedemption => CityKind.OrderedMeal,
        _ => null,
    };

    // Most of it in two rushes; the rest anywhere from the day before to the day after, and on the very borders.
    private Instant Time(string zone)
    {
        var day = Calendars.SpanOf(Given.Today, zone);
        return _random.Next(20) switch
        {
            0 => day.Start + Duration.FromMilliseconds(_random.Next(-1, 1)),
            1 => day.End + Duration.FromMilliseconds(_random.Next(-1, 1)),
            2 => day.Start + Duration.FromMilliseconds(_random.Next(-86_400_000, 86_400_000 * 2)),
            < 12 => day.Start + Duration.FromHours(8) + Duration.FromMilliseconds(_random.Next(900_000)),
            _ => day.Start + Duration.FromHours(11) + Duration.FromMilliseconds(_random.Next(1_800_000)),
        };
    }

    private Passage Passage(int building, Instant at, Instant recorded) => Given.Passage(_seqs[building] = _seqs.GetValueOrDefault(building) + 1, building) with
    {
        Kind = Pick(PassageKind.Tap, PassageKind.Tap, PassageKind.Tap, PassageKind.ManualAdmission, PassageKind.HandOver, PassageKind.NotPassed, PassageKind.Forced),
        Outcome = Pick(PassageOutcome.Admitted, PassageOutcome.Admitted, PassageOutcome.Admitted, PassageOutcome.AdmittedFlagged, PassageOutcome.Refused),
        Direction = Pick<Direction?>(Direction.In, Direction.In, Direction.In, Direction.Out, null),
        Account = _random.Next(20) == 0 ? null : Given.Number(_random.Next(1, Accounts)),
        EventAt = at,
        RecordedAt = recorded,
    };

    private Entry Entry(BuildingId building, Instant at, Instant recorded)
    {
        var serial = _random.Next(1, Accounts);
        return Given.Entry(serial, _seqs[-serial] = _seqs.GetValueOrDefault(-serial) + 1) with
        {
            Kind = Pick(EntryKind.Sale, EntryKind.Sale, EntryKind.Redemption, EntryKind.OrderRedemption, EntryKind.Reversal, EntryKind.TopUp, EntryKind.HandedOut, EntryKind.Order),
            Amount = new Money(-_random.Next(20_000)),
            Device = _random.Next(15) == 0 ? Unregistered : Pick([.. Devices.Where(device => device.Building == building)]).Id,
            EventAt = at,
            RecordedAt = recorded,
        };
    }

    private T Pick<T>(params T[] all) => all[_random.Next(all.Length)];
}
