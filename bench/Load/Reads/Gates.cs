using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Journal;

namespace Zvonok.Load.Reads;

/// <summary>The passages of a month, decided by the rules that decide them in the grains.</summary>
internal sealed class Gates
{
    private readonly City _city;
    private readonly SchoolMonth _month;
    private readonly Card[] _cards;
    private readonly Dictionary<BuildingId, BuildingState> _buildings;
    private readonly Random _random;

    public Gates(City city, SchoolMonth month, TokenKey key)
    {
        (_city, _month, _random) = (city, month, new Random(city.Plan.Seed + 1));
        _cards = [.. Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt).Select(pupil => new Card
        {
            Token = key.TokenOf(pupil.CardUid.Span),
            Kind = CardKind.SchoolCard,
            State = CardState.Active,
            Account = pupil.Account,
            Rights = new AccessRights(pupil.School.Building),
        })];
        _buildings = city.Schools.ToDictionary(school => school.Building, school => new BuildingState(new BuildingProfile(school.Building, city.Plan.TimeZone)));
    }

    /// <summary>In the order of their times.</summary>
    public IEnumerable<BuildingAppend> Write()
    {
        for (var day = _month.FirstPassageDay; day < _month.Days.Count; day++)
        {
            foreach (var (pupil, at) in _month.Walk(day, DayPart.Arrival))
                if (SchoolMonth.Attends(pupil, day)) yield return Pass(pupil, day, Direction.In, at);
            foreach (var (pupil, at) in _month.Walk(day, DayPart.Departure))
                if (SchoolMonth.Attends(pupil, day)) yield return Pass(pupil, day, Direction.Out, at);
        }
    }

    private BuildingAppend Pass(int pupil, int day, Direction direction, Instant at)
    {
        var (gate, school) = (_city.PupilAt(pupil).Gate, _city.PupilAt(pupil).School.Building);
        var building = _buildings[school];
        var tap = new Tap { Operation = OperationId.Create(at, _random), Token = _cards[pupil].Token, Device = gate, Building = school, Direction = direction };
        var passage = BuildingRules.Decide(building, tap, _cards[pupil], at);
        if (passage.Outcome != PassageOutcome.Admitted) throw new InvalidOperationException($"A month without trouble at the gates was meant, and {passage.Outcome} came.");
        var checkpoint = IsCheckpoint(passage, day) ? new PresenceCheckpoint(school, building.Seq, building.Today, building.Presence.Snapshot()) : null;
        BuildingRules.Evolve(building, passage);
        return new BuildingAppend(passage) { Checkpoint = checkpoint };
    }

    // Each takes the place of the one before: those of the last day are enough.
    private bool IsCheckpoint(Passage passage, int day) => passage.Seq % BuildingGrain.CheckpointInterval == 0 && day == _month.Days.Count - 1;
}
