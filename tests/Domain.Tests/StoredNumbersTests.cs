using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.City;
using Zvonok.Domain.Notices;

namespace Zvonok.Domain.Tests;

/// <summary>What is stored or sent keeps its number for ever: a change here is a change of format.</summary>
public sealed class StoredNumbersTests
{
    [Fact]
    [Trait("Rule", "O3")]
    public void Marks_keep_their_bits() => Numbers<FactMarks>().ShouldBe("None=0 Overdrawn=1 OverLimit=2 Stopped=4 CardRefused=8 AccountClosed=16 SecondMeal=32 NotEntitled=64 NotOrdered=128");

    [Fact]
    [Trait("Rule", "M14")]
    public void Entry_kinds_keep_their_numbers() => Numbers<EntryKind>().ShouldBe("Sale=1 Reversal=2 TopUp=3 LimitChange=4 StopListChange=5 Ride=6 Redemption=7 EntitlementChange=8 TransferOut=9 TransferIn=10 TransferDeclined=11 TransferReturn=12 Fee=13 Payout=14 Closing=15 Order=16 OrderCancel=17 OrderRedemption=18 OrderExpiry=19 HandedOut=20");

    [Fact]
    [Trait("Rule", "M14")]
    public void Contra_kinds_keep_their_numbers() => Numbers<ContraKind>().ShouldBe("None=0 Operator=1 Bank=2 Carrier=3 Budget=4 Transit=5 Fee=6 Preorder=7");

    [Fact]
    [Trait("Rule", "A5")]
    public void Notice_kinds_keep_their_numbers() => Numbers<NoticeKind>().ShouldBe("Came=1 Left=2 Bought=3 ToppedUp=4 LowBalance=5 CreditUsed=6 StopOverridden=7 Brought=8 Collected=9 HandOverRefused=10");

    [Fact]
    [Trait("Rule", "A5")]
    public void Channels_and_languages_of_notices_keep_their_numbers()
    {
        Numbers<ChannelKind>().ShouldBe("Email=1 Webhook=2");
        Numbers<NoticeLanguage>().ShouldBe("Russian=1 English=2");
    }

    [Fact]
    [Trait("Rule", "S5")]
    public void What_the_city_is_told_of_keeps_its_numbers() => Numbers<CityKind>().ShouldBe("Came=1 Left=2 Bought=3 PublicMeal=4 OrderedMeal=5");

    [Fact]
    public void Purses_keep_their_numbers() => Numbers<Purse>().ShouldBe("None=0 Meal=1 Transport=2");

    [Fact]
    public void Account_kinds_keep_their_numbers() =>
        Numbers<AccountKind>().ShouldBe("Pupil=1 Preschooler=2 Student=3 Employee=4 Visitor=5");

    [Fact]
    public void Product_categories_keep_their_numbers() => Numbers<ProductCategory>().ShouldBe("HotMeal=1 Buffet=2");

    [Fact]
    [Trait("Rule", "M5")]
    public void Meals_keep_their_numbers() => Numbers<MealKind>().ShouldBe("Breakfast=1 Lunch=2 AfternoonSnack=3 Dinner=4");

    [Fact]
    [Trait("Rule", "M3")]
    public void Strengths_of_stops_keep_their_numbers() => Numbers<StopStrength>().ShouldBe("Hard=1 Soft=2");

    [Fact]
    public void Allergens_keep_their_bits() => Numbers<Allergens>().ShouldBe(
        "None=0 Gluten=1 Crustaceans=2 Eggs=4 Fish=8 Peanuts=16 Soybeans=32 Milk=64 Nuts=128 Celery=256 Mustard=512 " +
        "Sesame=1024 Sulphites=2048 Lupin=4096 Molluscs=8192");

    [Fact]
    [Trait("Rule", "M1")]
    public void Account_refusals_keep_their_numbers() => Numbers<AccountRefusal>().ShouldBe(
        "None=0 CardUnknown=1 CardDestroyed=2 CardLost=3 CardBlocked=4 CardNotActive=5 CardExpired=6 AccountUnknown=7 " +
        "AccountClosed=8 SaleUnknown=9 OtherOperator=10 AlreadyReversed=11 ReversalTooLate=12 DailyLimit=13 " +
        "InsufficientFunds=14 PurseFull=15 CategoryLimit=16 CreditUsedUp=17 StopList=18 OverrideNotAllowed=19 ConfirmationNeeded=20 LineUnknown=21 NotEntitled=22 AlreadyRedeemed=23 SettlementNotAllowed=24 PurseTransferNotAllowed=25 TransferDeclined=26 ReceiverUnknown=27 InDebt=28 MoneyInTransit=29 PurseNotEmpty=30 OrdersOpen=31 OrderUnknown=32 CutOffOver=33 AlreadyOrdered=34 TooManyOrders=35 NotOrdered=36 NotOnMenu=37");

    [Fact]
    [Trait("Rule", "M13")]
    public void Fees_keep_their_numbers() => Numbers<FeeKind>().ShouldBe("CardReplacement=1");

    [Fact]
    [Trait("Rule", "P1")]
    public void Tap_refusals_keep_their_numbers_and_precedence() => Numbers<TapRefusal>().ShouldBe(
        "None=0 CardUnknown=1 CardDestroyed=2 CardLost=3 CardBlocked=4 CardNotActive=5 CardExpired=6 Lockdown=7 NoAccessRight=8 AccessDenied=9 NotAtThisTime=10 AlreadyInside=11 PassageUnknown=12 NobodyAdmitted=13 AlreadyReported=14 EmployeeNotAllowed=15 AccountClosed=16 NoPickUpRight=17 PickUpDenied=18 PickUpExpired=19 EvacuationRuns=20 NotInThatMode=21 TooManyFound=22");

    [Fact]
    [Trait("Rule", "C2")]
    public void Card_refusals_keep_their_numbers_and_precedence() => Numbers<CardRefusal>().ShouldBe(
        "None=0 Unknown=1 Destroyed=2 Lost=3 Blocked=4 NotActive=5 Expired=6");

    [Fact]
    [Trait("Rule", "C2")]
    public void Card_states_keep_their_numbers() =>
        Numbers<CardState>().ShouldBe("Issued=1 Active=2 Lost=3 Blocked=4 Returned=5 Destroyed=6");

    [Fact]
    [Trait("Rule", "C1")]
    public void Card_kinds_keep_their_numbers() => Numbers<CardKind>().ShouldBe(
        "SchoolCard=1 Fob=2 Bracelet=3 TransportCard=4 CityCard=5 Phone=6 PickUpCard=7 TemporaryCard=8 VisitorCard=9");

    [Fact]
    [Trait("Rule", "C2")]
    public void What_is_done_with_cards_keeps_its_numbers() => Numbers<CardEventKind>().ShouldBe(
        "Issued=1 Bound=2 Replaced=3 TookPlace=4 ReportedLost=5 Blocked=6 HandedIn=7 Destroyed=8 GivenForAWhile=9 CloneSeen=10 Retokened=11 GivenToVisitor=12");

    [Fact]
    [Trait("Rule", "C2")]
    public void Refusals_of_what_is_asked_of_cards_keep_their_numbers_and_precedence() => Numbers<CardCommandRefusal>().ShouldBe(
        "None=0 NotAllowed=1 CardUnknown=2 CardDestroyed=3 OtherSchool=4 AlreadyRegistered=5 KindForbids=6 BoundToAnother=7 StateForbids=8 SuccessorNotFree=9 AccountUnknown=10 " +
        "AccountClosed=11 OtherCardActive=12 ExpiryNotAllowed=13 InsufficientFunds=14 AlreadyFlagged=15 HostNotAllowed=16");

    [Fact]
    [Trait("Rule", "S1")]
    public void Modes_keep_their_numbers() => Numbers<BuildingMode>().ShouldBe("Normal=1 Evacuation=2 Lockdown=3");

    [Fact]
    [Trait("Rule", "P2")]
    public void Directions_keep_their_numbers() => Numbers<Direction>().ShouldBe("In=1 Out=2 Toggle=3");

    [Fact]
    [Trait("Rule", "P1")]
    public void Outcomes_keep_their_numbers() => Numbers<PassageOutcome>().ShouldBe("Admitted=1 AdmittedFlagged=2 Refused=3");

    [Fact]
    [Trait("Rule", "P3")]
    public void Flags_keep_their_numbers() => Numbers<PassageFlag>().ShouldBe("None=0 Evacuation=1 AlreadyInside=2 NotInside=3 TakenBack=4");

    [Fact]
    public void Passage_kinds_keep_their_numbers() => Numbers<PassageKind>().ShouldBe("Tap=1 ModeChange=2 NotPassed=3 Forced=4 HeldOpen=5 Tampered=6 ManualAdmission=7 HandOver=8 DeviceSilent=9 DeviceBack=10 FoundMark=11");

    [Fact]
    [Trait("Rule", "P5")]
    public void Gate_events_keep_their_numbers_and_are_recorded_under_their_names()
    {
        Numbers<GateEventKind>().ShouldBe("NotPassed=1 Forced=2 HeldOpen=3 Tampered=4");
        foreach (var kind in Enum.GetValues<GateEventKind>())
        {
            var recorded = Given.GateEvent(kind).RecordedAs;
            recorded.ToString().ShouldBe(kind.ToString());
            GateEvent.KindOf(recorded).ShouldBe(kind);
        }
    }

    [Fact]
    public void Device_kinds_keep_their_numbers() => Numbers<DeviceKind>().ShouldBe("Gate=1 Till=2 Validator=3 ServicePoint=4 FirePanel=5 Kiosk=6");

    [Theory]
    [InlineData(CardRefusal.None)]
    [InlineData(CardRefusal.Unknown)]
    [InlineData(CardRefusal.Destroyed)]
    [InlineData(CardRefusal.Lost)]
    [InlineData(CardRefusal.Blocked)]
    [InlineData(CardRefusal.NotActive)]
    [InlineData(CardRefusal.Expired)]
    [Trait("Rule", "C2")]
    public void A_cards_refusal_is_the_same_number_at_the_gate_and_at_the_till(CardRefusal refusal)
    {
        var name = refusal == CardRefusal.None ? "None" : $"Card{refusal}";
        ((AccountRefusal)refusal).ToString().ShouldBe(name);
        ((TapRefusal)refusal).ToString().ShouldBe(name);
    }

    private static string Numbers<T>() where T : struct, Enum =>
        string.Join(' ', Enum.GetValues<T>().Select(value => $"{value}={value:D}"));
}
