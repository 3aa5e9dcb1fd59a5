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
    private const int Handle = 5;

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 5, 30);

    private static readonly Gen<AccessRule> Rule = Gen.Select(
        Gen.Bool, Gen.Int[0, 2], Gen.Int[1, 7].Array[0, 3], Gen.Int[0, 1_300].Nullable(), Gen.Int[-3, 3].Nullable(),
        (isDeny, building, days, first, from) => new AccessRule(
            isDeny, building == 0 ? null : new BuildingId(School.Id + building - 1), WeekdaySet.Of(days.Select(day => (IsoDayOfWeek)day)),
            first is { } minute ? new HourSpan((short)minute, (short)(minute + 60)) : null, from is { } ahead ? new LocalDate(2026, 3, 2).PlusDays(ahead) : null));

    private static readonly Gen<RoleNames> Roles = Gen.OneOf(Gen.Const(RoleNames.None), Gen.Const(RoleNames.Of("guard")), Gen.Const(RoleNames.Of("cook", "guard")), Gen.Const(RoleNames.Of("cook")));

    private static readonly Gen<Card> Card = Gen.Select(
        Gen.OneOf(Gen.Const(CardState.Active), Gen.Const(CardState.Lost), Gen.Const(CardState.Blocked)), Gen.Int[-2, 2].Nullable(), Gen.Int[0, 2], Rule.Array[0, 4], Gen.Enum<AccountKind>(), Roles,
        (state, end, home, rules, kind, roles) => new Card
        {
            Token = new CardToken(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")),
            Kind = CardKind.SchoolCard,
            State = state,
            Account = AccountNumber.FromSerial(Handle),
            Rights = new AccessRights(new BuildingId(School.Id + home), [], rules),
            ExpiresAt = end is { } hours ? Now + Duration.FromHours(hours) : null,
            Holder = kind,
            Roles = roles,
        });

    private static readonly Card Employee = new()
    {
        Token = new CardToken(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), Kind = CardKind.SchoolCard, State = CardState.Active, Account = AccountNumber.FromSerial(Handle),
        Rights = new AccessRights(School.Building), Holder = AccountKind.Employee,
    };

    private static readonly Gen<BuildingProfile> Profile = Gen.Select(
        Gen.Bool, Roles, (isHard, roles) => new BuildingProfile(School.Building, School.Zone) { HasHardAntiPassback = isHard, LockdownRoles = roles });

    [Fact]
    [Trait("Rule", "P3")]
    [Trait("Rule", "P4")]
    [Trait("Rule", "S3")]
    public void Every_tap_of_a_listed_card_is_decided_as_the_core_decides_it() => Gen.Select(
        Card, Profile, Gen.Enum<BuildingMode>(), Gen.Int[1, 3], Gen.Int[0, 5_000], Gen.Int[-2_000, 5_000].Nullable()).Sample((card, profile, mode, direction, minutes, inside) =>
    {
        if (!ListRules.IsListed(card, School.Building)) return;
        var at = Now + Duration.FromMinutes(minutes);
        var core = new BuildingState(profile);
        BuildingRules.Evolve(core, Told(mode));
        var list = List(profile, card);
        var book = Book(mode, list.Terms);
        // Of those inside the gate knows whom it has seen itself.
        if (inside is { } since)
        {
            BuildingRules.Evolve(core, Told(mode) with { Seq = 2, Kind = PassageKind.Tap, Account = card.Account, Direction = Direction.In, EventAt = Now + Duration.FromMinutes(since) });
            book.Saw(Handle, Direction.In, Now + Duration.FromMinutes(since));
        }

        var decided = BuildingRules.Decide(
            core, new Tap { Operation = default, Token = default, Device = new DeviceId(School.Gate), Building = School.Building, Direction = (Direction)direction, EventTime = at }, card, at);
        var alone = book.Decide(Found(list), (Direction)direction, isOpen: false, at);

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
        var person = Found(List(new BuildingProfile(School.Building, School.Zone), Employee with { Holder = AccountKind.Pupil }));
        book.Decide(person, Direction.Toggle, isOpen: false, Now).Direction.ShouldBe(Direction.In);
        book.Saw(Handle, Direction.In, Now);
        book.Decide(person, Direction.Toggle, isOpen: false, Now).Direction.ShouldBe(Direction.Out);
        book.Use(School.Terms with { ZoneId = "Asia/Yekaterinburg" });
        book.InsideSince(Handle).ShouldBe(Now);
        book.Decide(person, Direction.Toggle, isOpen: false, Now + Duration.FromDays(1)).Direction.ShouldBe(Direction.In, "a tap that was forgotten yesterday");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void In_a_lockdown_those_come_in_whose_role_the_building_names_and_whoever_is_inside_may_leave()
    {
        var guarded = new BuildingProfile(School.Building, School.Zone) { LockdownRoles = RoleNames.Of("guard") };
        var (list, others) = (List(guarded, Employee with { Roles = RoleNames.Of("guard") }), List(guarded, Employee with { Roles = RoleNames.Of("cook") }));
        var book = Book(BuildingMode.Lockdown, list.Terms);

        book.Decide(Found(list), Direction.In, isOpen: false, Now).Outcome.ShouldBe(PassageOutcome.Admitted);
        book.Decide(Found(others), Direction.In, isOpen: false, Now).Refusal.ShouldBe(TapRefusal.Lockdown);
        book.Decide(Found(others), Direction.Out, isOpen: false, Now).Outcome.ShouldNotBe(PassageOutcome.Refused);
    }

    [Fact]
    [Trait("Rule", "P3")]
    public void Where_the_building_asks_for_it_an_employee_whom_the_gate_has_seen_come_in_does_not_come_in_again_and_a_child_does()
    {
        var strict = new BuildingProfile(School.Building, School.Zone) { HasHardAntiPassback = true };
        var (list, child) = (List(strict, Employee), List(strict, Employee with { Holder = AccountKind.Pupil }));
        var book = Book(BuildingMode.Normal, list.Terms);
        book.Decide(Found(list), Direction.In, isOpen: false, Now).Outcome.ShouldBe(PassageOutcome.Admitted);
        book.Saw(Handle, Direction.In, Now);

        book.Decide(Found(list), Direction.In, isOpen: false, Now).Refusal.ShouldBe(TapRefusal.AlreadyInside);
        book.Decide(Found(child), Direction.In, isOpen: false, Now).Flag.ShouldBe(PassageFlag.AlreadyInside);
        book.Use(list.Terms with { HasHardAntiPassback = false });
        book.Decide(Found(list), Direction.In, isOpen: false, Now).Flag.ShouldBe(PassageFlag.AlreadyInside);
    }

    private static GateBook Book(BuildingMode mode, ListTerms? terms = null)
    {
        var book = new GateBook(School.Building);
        book.Use(terms ?? School.Terms);
        book.TurnTo(mode, Now);
        return book;
    }

    private static Passage Told(BuildingMode mode) => new()
    {
        Building = School.Building, Seq = 1, Operation = default, Fingerprint = default, Kind = PassageKind.ModeChange, ModeAfter = mode, EventAt = Now, RecordedAt = Now, MadeUntil = Now,
    };

    // A gate's list as the core makes it.
    private static OfflineList List(BuildingProfile profile, Card card)
    {
        var account = new AccountState { Profile = new AccountProfile { Number = card.Account, Kind = card.Holder!.Value, ZoneId = School.Zone, Roles = card.Roles } };
        var facts = new ListFacts(
            profile, BuildingMode.Normal, Money.Zero, Money.Zero, [card],
            new Dictionary<AccountNumber, AccountState> { [card.Account] = account }, new Dictionary<AccountNumber, int> { [card.Account] = Handle });
        return ListRules.Make(facts, DeviceKind.Gate, School.Key, new TokenKeys(new TokenKey(new byte[TokenKey.Length])), Now, Duration.FromHours(72));
    }

    private static ListIndex.Found Found(OfflineList list) => ListIndex.Of(list).Find(list.Holders[0].Cards[0].Token).ShouldNotBeNull();
}
