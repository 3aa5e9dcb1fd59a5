using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.Lists;

namespace Zvonok.Terminals.Tests.Rules;

/// <summary>A gate alone decides as the core would that knows as much.</summary>
[Trait("Rule", "O2")]
public sealed class GateBookTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 5, 30);

    private static readonly Gen<AccessRule> Rule = Gen.Select(
        Gen.Bool, Gen.Int[0, 2], Gen.Int[1, 7].Array[0, 3], Gen.Int[0, 1_300].Nullable(), Gen.Int[-3, 3].Nullable(),
        (isDeny, building, days, first, from) => new AccessRule(
            isDeny, building == 0 ? null : new BuildingId(School.Id + building - 1), WeekdaySet.Of(days.Select(day => (IsoDayOfWeek)day)),
            first is { } minute ? new HourSpan((short)minute, (short)(minute + 60)) : null, from is { } ahead ? new LocalDate(2026, 3, 2).PlusDays(ahead) : null));

    private static readonly Gen<Card> Card = Gen.Select(
        Gen.OneOf(Gen.Const(CardState.Active), Gen.Const(CardState.Lost), Gen.Const(CardState.Blocked)), Gen.Int[-2, 2].Nullable(), Gen.Int[0, 2], Rule.Array[0, 4], Gen.Enum<AccountKind>(),
        (state, end, home, rules, kind) => new Card
        {
            Token = default,
            Kind = CardKind.SchoolCard,
            State = state,
            Account = AccountNumber.FromSerial(5),
            Rights = new AccessRights(new BuildingId(School.Id + home), [], rules),
            ExpiresAt = end is { } hours ? Now + Duration.FromHours(hours) : null,
            Holder = kind,
        });

    [Fact]
    [Trait("Rule", "P4")]
    public void Every_tap_of_a_listed_card_is_decided_as_the_core_decides_it() => Gen.Select(Card, Gen.Enum<BuildingMode>(), Gen.Int[1, 3], Gen.Int[0, 5_000]).Sample((card, mode, direction, minutes) =>
    {
        if (!ListRules.IsListed(card, School.Building)) return;
        var at = Now + Duration.FromMinutes(minutes);
        var core = new BuildingState(new BuildingProfile(School.Building, School.Zone));
        BuildingRules.Evolve(core, Told(mode));
        var decided = BuildingRules.Decide(
            core, new Tap { Operation = default, Token = default, Device = new DeviceId(School.Gate), Building = School.Building, Direction = (Direction)direction, EventTime = at }, card, at);

        var book = Book(mode);
        var alone = book.Decide(Find(card), (Direction)direction, isOpen: false, at);

        (alone.Outcome, alone.Direction, alone.Flag, alone.Refusal).ShouldBe((decided.Outcome, decided.Direction, decided.Flag, decided.Refusal));
    });

    [Fact]
    [Trait("Rule", "P1")]
    public void Who_is_on_no_list_is_unknown_and_passes_when_the_gate_stands_open()
    {
        var book = Book(BuildingMode.Normal);
        book.Decide(null, Direction.In, isOpen: false, Now).Refusal.ShouldBe(TapRefusal.CardUnknown);
        book.Decide(null, Direction.In, isOpen: true, Now).ShouldSatisfyAllConditions(passage => passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged), passage => passage.Flag.ShouldBe(PassageFlag.Evacuation));
        book.Mode.ShouldBe(BuildingMode.Normal);
    }

    [Fact]
    [Trait("Rule", "P2")]
    public void A_reader_that_does_not_know_its_direction_goes_by_who_came_in_today()
    {
        var book = Book(BuildingMode.Normal);
        var person = Find(new Card { Token = default, Kind = CardKind.SchoolCard, State = CardState.Active, Account = AccountNumber.FromSerial(5), Rights = new AccessRights(School.Building), Holder = AccountKind.Pupil });
        book.Decide(person, Direction.Toggle, isOpen: false, Now).Direction.ShouldBe(Direction.In);
        book.Saw(5, Direction.In, Now);
        book.Decide(person, Direction.Toggle, isOpen: false, Now).Direction.ShouldBe(Direction.Out);
        book.UseZone("Asia/Yekaterinburg");
        book.InsideSince(5).ShouldBe(Now);
        book.Decide(person, Direction.Toggle, isOpen: false, Now + Duration.FromDays(1)).Direction.ShouldBe(Direction.In, "a tap that was forgotten yesterday");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void In_a_lockdown_nobody_comes_in_and_whoever_is_inside_may_leave()
    {
        var book = Book(BuildingMode.Lockdown);
        var person = Find(new Card { Token = default, Kind = CardKind.SchoolCard, State = CardState.Active, Account = AccountNumber.FromSerial(5), Rights = new AccessRights(School.Building), Holder = AccountKind.Employee });
        book.Decide(person, Direction.In, isOpen: false, Now).Refusal.ShouldBe(TapRefusal.Lockdown);
        book.Decide(person, Direction.Out, isOpen: false, Now).Outcome.ShouldNotBe(PassageOutcome.Refused);
    }

    private static GateBook Book(BuildingMode mode)
    {
        var book = new GateBook(School.Building);
        book.UseZone(School.Zone);
        book.TurnTo(mode, Now);
        return book;
    }

    private static Passage Told(BuildingMode mode) => new()
    {
        Building = School.Building, Seq = 1, Operation = default, Fingerprint = default, Kind = PassageKind.ModeChange, ModeAfter = mode, EventAt = Now, RecordedAt = Now, MadeUntil = Now,
    };

    private static ListIndex.Found Find(Card card)
    {
        var holder = School.Person(5) with { Kind = card.Holder!.Value, Cards = [ListedCard.Of(card, School.Building, School.Token(5))] };
        return ListIndex.Of(School.List(DeviceKind.Gate, Now, [holder])).Find(School.Token(5)).ShouldNotBeNull();
    }
}
