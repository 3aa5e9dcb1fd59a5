using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>Some hours of a school: children at gates, at tills and in a bus, cables that are cut and mended, cores that are not heard, clocks that are wrong, programs that die, uploads in pieces and again. All of it from one seed.</summary>
internal sealed class World
{
    private const int EventsMax = 40;
    private const int Tills = 2;

    private static readonly SaleLine[][] Meals =
    [
        [new SaleLine("SOUP", ProductCategory.HotMeal, 1, new Money(7_000), Allergens.None)],
        [new SaleLine("BUN", ProductCategory.Buffet, 2, new Money(1_500), Allergens.Gluten)],
        [new SaleLine("MAIN", ProductCategory.HotMeal, 1, new Money(11_000), Allergens.Milk), new SaleLine("JUICE", ProductCategory.Buffet, 1, new Money(2_500), Allergens.None)],
    ];

    private readonly Random _random;
    private readonly Gate[] _gates;
    private readonly Till[] _tills;
    private readonly Till _validator;
    private readonly Cable[] _cables;
    private Instant _now;

    public World(int seed)
    {
        _random = new Random(seed);
        // A morning, or an evening that becomes the next day.
        _now = Instant.FromUtc(2026, 9, 1, _random.Next(4) == 0 ? 19 : 5, 0);
        School = new School(_random, _now);
        Core = new Core(School);
        _gates = [.. Enumerable.Range(0, 2).Select(n => new Gate(new DeviceId(601 + n), _random, Offset(), School.ListFor(DeviceKind.Gate, Core, _now)))];
        _tills = [.. Enumerable.Range(0, Tills).Select(n => new Till(new DeviceId(501 + n), _random, Offset(), School.ListFor(DeviceKind.Till, Core, _now)))];
        _validator = new Till(new DeviceId(701), _random, Offset(), School.ListFor(DeviceKind.Validator, Core, _now));
        _cables = [.. Enumerable.Range(0, _gates.Length + Tills + 1).Select(_ => AnyCable())];
    }

    public School School { get; }

    public Core Core { get; }

    public Notebook Notebook { get; } = new();

    /// <summary>Days on which something may have been sold, by any clock.</summary>
    public int Days => (_now + Duration.FromMinutes(20)).InZone(DateTimeZoneProviders.Tzdb[School.Zone]).Date == School.Begin.InZone(DateTimeZoneProviders.Tzdb[School.Zone]).Date ? 1 : 2;

    /// <summary>The most that the validator may have taken for rides beyond what a child has.</summary>
    public Money OverriddenMax => new(School.Allowance.Kopecks * Days);

    /// <summary>The most that tills may have sold to one child beyond what it has.</summary>
    public Money OverspendMax => new(School.Allowance.Kopecks * Tills * Days);

    /// <summary>Plays it to its end: everything is uploaded then.</summary>
    public void Play()
    {
        var events = _random.Next(5, EventsMax);
        for (var i = 0; i < events; i++)
        {
            _now += Duration.FromMilliseconds(_random.Next(1, _random.Next(2) == 0 ? 20_000 : 1_200_000));
            if (_random.Next(2) == 0) Turn(_random.Next(_cables.Length));
            Happen(School.Children[_random.Next(School.Children.Length)], _random.Next(_gates.Length), _random.Next(Tills));
        }

        // Later than any clock of the world.
        _now += Duration.FromHours(1);
        foreach (var device in _gates.Concat<Device>(_tills).Append(_validator)) device.Upload(Core, _now, all: true);
    }

    /// <summary>The same happened, and comes to another core in another order, in pieces and repeated.</summary>
    public Core InAnotherOrder(int seed)
    {
        var random = new Random(seed);
        var told = Notebook.Told.Concat(Notebook.Told.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(told);
        var other = new Core(School);
        foreach (var one in told) one(other, _now);
        return other;
    }

    private void Happen(Child child, int gate, int till)
    {
        var (atGate, atTill, inBus) = (_cables[gate], _cables[_gates.Length + till], _cables[^1]);
        switch (_random.Next(14))
        {
            case 0 or 1 or 2 or 3:
                _gates[gate].Tap(child, (Direction)_random.Next(1, 4), atGate, Core, Notebook, _now);
                break;
            case 4 or 5 or 6:
                _tills[till].Sell(child, Meals[_random.Next(Meals.Length)], atTill, Core, Notebook, _now);
                break;
            case 7:
                _tills[till].RedeemMeal(child, atTill, Core, Notebook, _now);
                break;
            case 8:
                _tills[till].RedeemOrder(child, atTill, Core, Notebook, _now);
                break;
            case 9:
                if (_random.Next(2) == 0) _gates[gate].Die();
                else (_random.Next(3) == 0 ? _validator : _tills[till]).Die();
                break;
            case 10:
                if (atTill == Cable.Whole) _tills[till].Take(School.ListFor(DeviceKind.Till, Core, _now));
                if (inBus == Cable.Whole) _validator.Take(School.ListFor(DeviceKind.Validator, Core, _now));
                break;
            case 11 or 12:
                _validator.PayRide(child, new Money(_random.Next(1, 4) * 2_000), inBus, Core, Notebook, _now);
                break;
            default:
                if (atGate == Cable.Whole) _gates[gate].Upload(Core, _now, all: false);
                if (atTill == Cable.Whole) _tills[till].Upload(Core, _now, all: false);
                if (inBus == Cable.Whole) _validator.Upload(Core, _now, all: false);
                break;
        }
    }

    // Whoever has a cable again uploads.
    private void Turn(int cable)
    {
        _cables[cable] = AnyCable();
        if (_cables[cable] == Cable.Whole && _random.Next(3) > 0) Holder(cable).Upload(Core, _now, all: false);
    }

    private Device Holder(int cable) => cable < _gates.Length ? _gates[cable] : cable == _cables.Length - 1 ? _validator : _tills[cable - _gates.Length];

    private Cable AnyCable() => (Cable)_random.Next(3);

    private Duration Offset() => Duration.FromMilliseconds(_random.Next(-600_000, 600_001));
}
