using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Tests.Buildings;

[Trait("Rule", "P6")]
public sealed class ManualAdmissionTests
{
    private static readonly Instant Now = Given.Morning;

    private readonly BuildingState _building = Given.Building();

    [Fact]
    public void Who_has_forgotten_the_card_is_admitted_and_all_about_it_is_kept()
    {
        var admission = Given.ManualAdmission(at: Now - Duration.FromSeconds(2));

        var passage = _building.Pass(admission, Now);

        passage.ShouldBe(new Passage
        {
            Building = Given.School,
            Seq = 1,
            Operation = admission.Operation,
            Fingerprint = admission.Fingerprint,
            Kind = PassageKind.ManualAdmission,
            ModeAfter = BuildingMode.Normal,
            EventAt = Now - Duration.FromSeconds(2),
            RecordedAt = Now,
            MadeUntil = Given.Morning,
            Account = Given.Number,
            Direction = Direction.In,
            Device = Given.Gate,
            Vouching = new Vouching(AccountNumber.FromSerial(77), "The card is at home"),
        });
        _building.Presence.Since(Given.Number).ShouldBe(Now - Duration.FromSeconds(2));
    }

    [Fact]
    [Trait("Rule", "P2")]
    public void It_counts_for_the_card_as_the_card_does_for_it()
    {
        _building.Pass(Given.ManualAdmission(), Now);
        _building.Pass(Given.Tap(Direction.Toggle), Given.Card(), Now).Direction.ShouldBe(Direction.Out);
        _building.Pass(Given.Tap(), Given.Card(), Now);
        _building.Pass(Given.ManualAdmission(Direction.Toggle), Now).Direction.ShouldBe(Direction.Out);

        _building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "P3")]
    public void It_is_flagged_as_a_tap_is()
    {
        _building.Pass(Given.ManualAdmission(Direction.Out), Now).Flag.ShouldBe(PassageFlag.NotInside);
        _building.Pass(Given.ManualAdmission(), Now);
        _building.Pass(Given.ManualAdmission(), Now).ShouldSatisfyAllConditions(
            passage => passage.Flag.ShouldBe(PassageFlag.AlreadyInside), passage => passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged));
    }

    [Fact]
    public void Nobody_but_an_employee_who_may_there_answers_for_it()
    {
        foreach (var mode in Enum.GetValues<BuildingMode>())
        {
            _building.Pass(Given.ModeChange(mode), Now);
            _building.Pass(Unanswered(Given.ManualAdmission(Direction.Out)), Now).Refusal.ShouldBe(TapRefusal.EmployeeNotAllowed);
        }

        _building.Pass(Given.ModeChange(BuildingMode.Normal), Now);
        var passage = _building.Pass(Unanswered(Given.ManualAdmission()), Now);
        (passage.Outcome, passage.Refusal, passage.Flag).ShouldBe((PassageOutcome.Refused, TapRefusal.EmployeeNotAllowed, PassageFlag.None));
        _building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    public void A_closed_account_is_not_let_in_and_may_leave()
    {
        _building.Pass(Given.ManualAdmission() with { IsAccountClosed = true }, Now).Refusal.ShouldBe(TapRefusal.AccountClosed);
        _building.Pass(Given.ManualAdmission(Direction.Out) with { IsAccountClosed = true }, Now).Refusal.ShouldBe(TapRefusal.None);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void A_lockdown_holds_for_it_too_and_comes_first()
    {
        _building.Pass(Given.ModeChange(BuildingMode.Lockdown), Now);

        _building.Pass(Unanswered(Given.ManualAdmission()), Now).Refusal.ShouldBe(TapRefusal.Lockdown);
        _building.Pass(Given.ManualAdmission(Direction.Out), Now).Refusal.ShouldBe(TapRefusal.None);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void In_an_evacuation_everybody_passes_whom_an_employee_vouches_for()
    {
        _building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now);

        _building.Pass(Given.ManualAdmission() with { IsAccountClosed = true }, Now).Flag.ShouldBe(PassageFlag.Evacuation);
    }

    private static ManualAdmission Unanswered(ManualAdmission admission) => admission with { Vouching = admission.Vouching with { By = null } };
}
