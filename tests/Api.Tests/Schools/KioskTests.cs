using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Schools;

[Collection(nameof(World))]
[Trait("Rule", "A8")]
public sealed class KioskTests(World world)
{
    private readonly Server _server = world.Server;

    public static TheoryData<string, string> Fields => BadFields.Cases(BadFields.ShowAccount);

    [Fact]
    public async Task A_card_shows_the_number_and_the_balances_of_its_holder_and_nothing_is_recorded()
    {
        var pupil = await _server.NewPupil(meal: 12_345);
        await _server.TopUp(pupil, 678, Purse.Transport);

        (await _server.Schools.ShowAccountAsync(Show(pupil))).ShouldBe(
            new ShowAccountResponse { Account = new ShownAccount { AccountNumber = pupil.Number, MealBalanceKopecks = 12_345, TransportBalanceKopecks = 678 } });

        (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number })).Records.Count.ShouldBe(2, "the top-ups");
    }

    [Theory]
    [InlineData(CardState.Lost, RefusalReason.CardLost)]
    [InlineData(CardState.Blocked, RefusalReason.CardBlocked)]
    [InlineData(CardState.Issued, RefusalReason.CardNotActive)]
    public async Task A_card_that_may_not_be_used_says_so_and_shows_nothing(CardState state, RefusalReason reason) =>
        (await _server.Schools.ShowAccountAsync(Show(await _server.NewPupil(meal: 100, state: state)))).ShouldBe(new ShowAccountResponse { RefusalReason = reason });

    [Fact]
    public async Task A_card_that_nobody_registered_shows_nothing() =>
        (await _server.Schools.ShowAccountAsync(Show(new Pupil(_server.NewNumber())))).ShouldBe(new ShowAccountResponse { RefusalReason = RefusalReason.CardUnknown });

    [Theory, MemberData(nameof(Fields))]
    [Trait("Rule", "D2")]
    public async Task A_bad_field_is_named(string field, string wrong)
    {
        var request = Show(await _server.NewPupil());
        BadFields.ShowAccount.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(request, _server);

        await FaultOf.Names(field, async () => await _server.Schools.ShowAccountAsync(request));
    }

    private static ShowAccountRequest Show(Pupil pupil) => new() { DeviceId = GivenSafety.Kiosk, CardUid = pupil.Uid };
}
