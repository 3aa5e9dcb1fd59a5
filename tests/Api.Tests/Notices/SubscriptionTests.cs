using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;

namespace Zvonok.Api.Tests.Notices;

[Collection(nameof(World))]
[Trait("Rule", "A5")]
public sealed class SubscriptionTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task What_is_set_is_listed_guardian_by_guardian_and_replaced_as_a_whole()
    {
        var pupil = await _server.NewPupil();
        var (first, second) = (Given.Subscriptions(pupil), Given.Subscriptions(pupil, "subject-18"));
        for (var i = 0; i < 2; i++) await _server.Families.SetSubscriptionsAsync(first);
        await _server.Families.SetSubscriptionsAsync(second);
        (await List(pupil)).ShouldBe([Guardian(first), Guardian(second)]);

        first.Subscriptions.RemoveAt(0);
        first.Subscriptions[0].Kinds.Clear();
        first.Subscriptions[0].Kinds.Add(NoticeKind.Left);
        await _server.Families.SetSubscriptionsAsync(first);
        second.Subscriptions.Clear();
        await _server.Families.SetSubscriptionsAsync(second);

        (await List(pupil)).ShouldBe([Guardian(first)]);
    }

    [Fact]
    public async Task An_account_that_nobody_registered_is_not_found()
    {
        var nobody = new Pupil(_server.NewNumber());
        (await FaultOf.Call(async () => await _server.Families.SetSubscriptionsAsync(Given.Subscriptions(nobody)), StatusCode.NotFound)).Message.ShouldStartWith("account_number");
        (await FaultOf.Call(async () => await _server.Families.ListSubscriptionsAsync(new ListSubscriptionsRequest { AccountNumber = nobody.Number }), StatusCode.NotFound)).Message.ShouldStartWith("account_number");
    }

    private async Task<IReadOnlyList<GuardianSubscriptions>> List(Pupil pupil) =>
        (await _server.Families.ListSubscriptionsAsync(new ListSubscriptionsRequest { AccountNumber = pupil.Number })).Guardians;

    private static GuardianSubscriptions Guardian(SetSubscriptionsRequest request) => new() { Guardian = request.Guardian, Subscriptions = { request.Subscriptions } };
}
