using System.Globalization;
using System.Net;
using Google.Protobuf.Collections;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Simulation.Receivers;
using Family1 = Zvonok.Family.V1;
using Registry1 = Zvonok.Registry.V1;

namespace Zvonok.Api.Tests.Notices;

/// <summary>The whole way: a child comes in and buys, and a mail and a webhook arrive on real sockets.</summary>
[Trait("Rule", "A6")]
public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly MailReceiver _mail = MailReceiver.Begin();
    private WebhookReceiver _app = null!;
    private Server _server = null!;

    public async Task InitializeAsync()
    {
        _app = await WebhookReceiver.Start();
        _server = await Server.Start(
        [
            ("Zvonok:Notices:Smtp:Host", "127.0.0.1"), ("Zvonok:Notices:Smtp:Port", _mail.Port.ToString(CultureInfo.InvariantCulture)),
            ("Zvonok:Notices:Smtp:Security", "None"), ("Zvonok:Notices:Smtp:From", "school@example.org"),
            ("Zvonok:Notices:RetryFirstMilliseconds", "50"), ("Zvonok:Notices:Receivers:BreakMilliseconds", "500"),
            .. _app.SiloSettings.Select(setting => (setting.Key, setting.Value)),
        ]);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Everything_subscribed_arrives_once_through_its_channel()
    {
        var pupil = await Subscribed();

        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil));
        await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 35_000));

        await Eventually.Holds(() => _mail.Arrivals.Count >= 2 && _app.Arrivals.Count >= 2, "two letters and two messages");
        KindsOf(_mail.Arrivals).ShouldBe(["came", "low_balance"]);
        KindsOf(_app.Arrivals).ShouldBe(["bought", "topped_up"]);
        _app.Forged.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "P8")]
    public async Task Of_hand_overs_the_family_is_told_by_whom_and_the_groups_teacher_of_refusals()
    {
        var (child, mother, neighbour) = (await _server.NewPupil(), await NewAdult(), await NewAdult());
        // The office subscribes the teacher.
        var teacher = new Registry1.Subscription
        {
            AccountNumber = child.Number, Guardian = "teacher-12", Channel = Registry1.Channel.Webhook, Address = _app.Address.ToString(), Kinds = { Registry1.NoticeKind.HandOverRefused }, Language = Registry1.Language.Russian,
        };
        (await _server.Import(Given.PickUp(mother, child), new Registry1.Row { Subscription = teacher })).BadRows.ShouldBeEmpty();
        await _server.Families.SetSubscriptionsAsync(new Family1.SetSubscriptionsRequest
        {
            AccountNumber = child.Number, Guardian = "subject-17",
            Subscriptions =
            {
                Family(Family1.Channel.Webhook, _app.Address.ToString(), Family1.NoticeKind.Came, Family1.NoticeKind.Left, Family1.NoticeKind.Brought, Family1.NoticeKind.Collected),
                Family(Family1.Channel.Email, "guardian@example.org", Family1.NoticeKind.Came, Family1.NoticeKind.Left),
            },
        });

        var brought = await HandOver(mother, child, Direction.In);
        (await HandOver(neighbour, child, Direction.Out)).RefusalReason.ShouldBe(RefusalReason.NoPickUpRight);
        var collected = await HandOver(mother, child, Direction.Out);
        await Eventually.Holds(() => _mail.Arrivals.Count >= 2 && _app.Arrivals.Count >= 3, "two letters and three messages");

        (brought.Outcome, collected.Outcome).ShouldBe((Outcome.Admitted, Outcome.Admitted));
        KindsOf(_mail.Arrivals).ShouldBe(["came", "left"], "who did not ask by whom is told as before");
        KindsOf(_app.Arrivals).ShouldBe(["brought", "collected", "hand_over_refused"]);
        _app.Arrivals.Select(arrival => arrival.Key).ShouldBeUnique();
        var refused = System.Text.Json.JsonDocument.Parse(_app.Arrivals.Single(arrival => arrival.Key.Contains("/hand_over_refused/")).Body).RootElement;
        (refused.GetProperty("guardian").GetString(), refused.GetProperty("account_number").GetInt64(), refused.GetProperty("escort_account_number").GetInt64(), refused.GetProperty("refusal_reason").GetString())
            .ShouldBe(("teacher-12", child.Number, neighbour.Number, "no_pick_up_right"));
        var told = System.Text.Json.JsonDocument.Parse(_app.Arrivals.Single(arrival => arrival.Key.Contains("/collected/")).Body).RootElement;
        (told.GetProperty("escort_account_number").GetInt64(), told.GetProperty("late").GetBoolean()).ShouldBe((mother.Number, false));
    }

    [Fact]
    [Trait("Rule", "N3")]
    public async Task What_a_receiver_misses_while_it_is_down_arrives_when_it_is_back_and_nobody_waits_for_it()
    {
        var pupil = await Subscribed();
        await Eventually.Holds(() => _app.Arrivals.Count == 1, "a message");
        await _app.Stop();

        for (var i = 0; i < 5; i++) (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 1_000))).Granted.ShouldNotBeNull();
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil));
        await Eventually.Holds(() => _mail.Arrivals.Count == 1, "a letter");
        await _app.Start();

        await Eventually.Holds(() => _app.Arrivals.Select(arrival => arrival.Key).Distinct().Count() == 6, "six messages");
    }

    [Fact]
    [Trait("Rule", "N3")]
    public async Task A_dead_notice_is_listed_and_arrives_when_an_operator_sends_it_again()
    {
        _app.Mood = _ => Task.FromResult<HttpStatusCode?>(HttpStatusCode.UnprocessableEntity);
        var pupil = await Subscribed();
        await Eventually.Holds(() => Dead().Count == 1, "a notice that is given up");
        var dead = Dead().Single();
        (dead.Guardian, dead.Channel, dead.Address, dead.AccountNumber).ShouldBe(("subject-17", "webhook", _app.Address.ToString(), pupil.Number));
        (dead.Tries, dead.Trouble).ShouldBe((1, "HTTP 422"));

        _app.Mood = null;
        (await _server.Office.SendDeadNoticesAsync(new SendDeadNoticesRequest { Keys = { dead.Key } })).SentCount.ShouldBe(1);

        await Eventually.Holds(() => _app.Arrivals.Count == 1, "a message");
        _app.Arrivals.Single().Key.ShouldBe(dead.Key);
        Dead().ShouldBeEmpty();
        (await _server.Office.SendDeadNoticesAsync(new SendDeadNoticesRequest { All = true })).SentCount.ShouldBe(0);
    }

    private Task<Pupil> NewAdult() => _server.NewPupil(change: card => card.Kind = Registry1.CardKind.PickUpCard);

    private async Task<HandOverAnswer> HandOver(Pupil adult, Pupil child, Direction direction)
    {
        var request = Given.HandOver(_server.NewId(), adult, child);
        request.Direction = direction;
        return (await _server.Gates.HandOverAsync(request)).Answers.ShouldHaveSingleItem();
    }

    private static Family1.Subscription Family(Family1.Channel channel, string address, params Family1.NoticeKind[] kinds) =>
        new() { Channel = channel, Address = address, Kinds = { kinds }, Language = Family1.Language.Russian };

    private RepeatedField<DeadNotice> Dead() => _server.Office.ListDeadNotices(new ListDeadNoticesRequest()).Notices;

    // The top-up is the first thing that is told.
    private async Task<Pupil> Subscribed()
    {
        var pupil = await _server.NewPupil();
        var request = Given.Subscriptions(pupil);
        request.Subscriptions[1].Address = _app.Address.ToString();
        await _server.Families.SetSubscriptionsAsync(request);
        await _server.TopUp(pupil, 50_000);
        return pupil;
    }

    private static IEnumerable<string> KindsOf(IEnumerable<ReceivedNotice> arrivals) => arrivals.Select(arrival => arrival.Key.Split('/')[3]).Order(StringComparer.Ordinal);
}

/// <summary>A server without channels.</summary>
[Trait("Rule", "A5")]
public sealed class NoChannelTests
{
    [Fact]
    public async Task Nobody_can_subscribe_through_what_is_not_set_up_and_the_answer_names_the_setting()
    {
        await using var server = await Server.Start();
        var request = Given.Subscriptions(await server.NewPupil());

        var status = await FaultOf.Call(async () => await server.Families.SetSubscriptionsAsync(request), StatusCode.InvalidArgument);

        FaultOf.FieldOf(status).Field.ShouldBe("subscriptions[0].address");
        status.Message.ShouldContain("Zvonok:Notices:Smtp:Host");
    }
}
