using System.Globalization;
using System.Net;
using Google.Protobuf.Collections;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Office.V1;
using Zvonok.Simulation.Receivers;

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

        await Until(() => _mail.Arrivals.Count >= 2 && _app.Arrivals.Count >= 2);
        KindsOf(_mail.Arrivals).ShouldBe(["came", "low_balance"]);
        KindsOf(_app.Arrivals).ShouldBe(["bought", "topped_up"]);
        _app.Forged.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "N3")]
    public async Task What_a_receiver_misses_while_it_is_down_arrives_when_it_is_back_and_nobody_waits_for_it()
    {
        var pupil = await Subscribed();
        await Until(() => _app.Arrivals.Count == 1);
        await _app.Stop();

        for (var i = 0; i < 5; i++) (await _server.Tills.SellAsync(Given.Sell(_server.NewId(), pupil, total: 1_000))).Granted.ShouldNotBeNull();
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil));
        await Until(() => _mail.Arrivals.Count == 1);
        await _app.Start();

        await Until(() => _app.Arrivals.Select(arrival => arrival.Key).Distinct().Count() == 6);
    }

    [Fact]
    [Trait("Rule", "N3")]
    public async Task A_dead_notice_is_listed_and_arrives_when_an_operator_sends_it_again()
    {
        _app.Mood = _ => Task.FromResult<HttpStatusCode?>(HttpStatusCode.UnprocessableEntity);
        var pupil = await Subscribed();
        await Until(() => Dead().Count == 1);
        var dead = Dead().Single();
        (dead.Guardian, dead.Channel, dead.Address, dead.AccountNumber).ShouldBe(("subject-17", "webhook", _app.Address.ToString(), pupil.Number));
        (dead.Tries, dead.Trouble).ShouldBe((1, "HTTP 422"));

        _app.Mood = null;
        (await _server.Office.SendDeadNoticesAsync(new SendDeadNoticesRequest { Keys = { dead.Key } })).SentCount.ShouldBe(1);

        await Until(() => _app.Arrivals.Count == 1);
        _app.Arrivals.Single().Key.ShouldBe(dead.Key);
        Dead().ShouldBeEmpty();
        (await _server.Office.SendDeadNoticesAsync(new SendDeadNoticesRequest { All = true })).SentCount.ShouldBe(0);
    }

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

    private static async Task Until(Func<bool> so)
    {
        using var deadline = new CancellationTokenSource(Server.Deadline);
        while (!so()) await Task.Delay(20, deadline.Token);
    }
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
