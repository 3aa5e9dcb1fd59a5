using Zvonok.Domain.Accounts;
using Zvonok.Domain.Alarms;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Tests.Alarms;

[Trait("Rule", "S4")]
public sealed class AlarmRulesTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly Duration Interval = Duration.FromMinutes(2);

    [Theory]
    [InlineData(PassageKind.ModeChange, BuildingMode.Evacuation, AlarmKind.Evacuation)]
    [InlineData(PassageKind.ModeChange, BuildingMode.Lockdown, AlarmKind.Lockdown)]
    [InlineData(PassageKind.Forced, BuildingMode.Normal, AlarmKind.Forced)]
    [InlineData(PassageKind.Tampered, BuildingMode.Evacuation, AlarmKind.Tampered)]
    [InlineData(PassageKind.HeldOpen, BuildingMode.Normal, AlarmKind.HeldOpen)]
    [InlineData((PassageKind)9, BuildingMode.Normal, AlarmKind.DeviceSilent)]
    public void What_the_alarm_centre_has_to_know_raises_an_alarm(PassageKind kind, BuildingMode mode, AlarmKind expected)
    {
        var passage = Passage(kind, mode) with { Device = Given.Gate, Vouching = new Vouching(AccountNumber.FromSerial(77), "Smoke") };

        AlarmRules.Raise(passage).ShouldBe(new Alarm
        {
            Building = Given.School, Seq = 17, Kind = expected, Device = Given.Gate, By = AccountNumber.FromSerial(77), Reason = "Smoke", EventAt = passage.EventAt, RecordedAt = passage.RecordedAt,
        });
        AlarmRules.Kinds.ShouldContain(kind, "the log looks for alarms among these alone");
        AlarmRules.Raise(passage with { Outcome = PassageOutcome.Refused }).ShouldBeNull();
    }

    [Fact]
    public void Nothing_else_raises_one() =>
        (from kind in Enum.GetValues<PassageKind>() from mode in Enum.GetValues<BuildingMode>() where AlarmRules.Raise(Passage(kind, mode)) is not null select (kind, mode))
            .ShouldAllBe(alarm => alarm.kind == PassageKind.ModeChange ? alarm.mode != BuildingMode.Normal : AlarmRules.Kinds.Contains(alarm.kind));

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(119, 0)]
    [InlineData(120, 1)]
    [InlineData(239, 1)]
    [InlineData(240, 2)]
    [InlineData(100_000, 2)]
    public void Without_an_acknowledgement_it_goes_to_the_next_address_and_in_the_end_stays_at_the_last(int seconds, int level) =>
        AlarmRules.LevelOf(AlarmRules.Raise(Passage(PassageKind.Forced))!, Now + Duration.FromSeconds(seconds), Interval, 3).ShouldBe(level);

    [Fact]
    public void A_warning_stays_at_the_first_address()
    {
        var warning = AlarmRules.Raise(Passage(PassageKind.HeldOpen))!;

        warning.IsWarning.ShouldBeTrue();
        AlarmRules.LevelOf(warning, Now + Duration.FromDays(1), Interval, 3).ShouldBe(0);
    }

    private static Passage Passage(PassageKind kind, BuildingMode mode = BuildingMode.Normal) => new()
    {
        Building = Given.School, Seq = 17, Operation = Given.Operation(1), Fingerprint = default, Kind = kind, ModeAfter = mode, EventAt = Now, RecordedAt = Now,
    };
}
