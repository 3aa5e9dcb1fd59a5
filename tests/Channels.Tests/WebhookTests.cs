using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Zvonok.Domain.Buildings;

namespace Zvonok.Channels.Tests;

/// <summary>A receiver that checks signatures listens on a socket.</summary>
[Trait("Rule", "N3")]
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly ServiceProvider _channels = Given.Channels(Given.WebhookSettings);
    private WebhookReceiver _receiver = null!;

    private INoticeSender Sender => _channels.GetRequiredService<INoticeSender>();

    private Notice Notice => Given.Notice(Given.Webhook(_receiver));

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.Start(Given.Secret);

    public async Task DisposeAsync()
    {
        await _channels.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_request_arrives_signed_with_text_and_data()
    {
        var key = Given.Key(Notice);

        (await Sender.Send(key, Notice, default)).ShouldBe(SendResult.Delivered);

        _receiver.Forged.ShouldBe(0);
        var arrival = _receiver.Arrivals.ShouldHaveSingleItem();
        arrival.Key.ShouldBe(key.ToString());
        var body = JsonDocument.Parse(arrival.Body).RootElement;
        body.GetProperty("key").GetString().ShouldBe(key.ToString());
        body.GetProperty("kind").GetString().ShouldBe("bought");
        body.GetProperty("guardian").GetString().ShouldBe("subject-17");
        body.GetProperty("account_number").GetInt64().ShouldBe(Given.Child.Value);
        body.GetProperty("event_time").GetString().ShouldBe("2026-09-01T06:00:00Z");
        body.GetProperty("text").GetString().ShouldNotBeNull().ShouldStartWith("Маша: purchase for 150.00 RUB. Time: 2026-09-01 09:00.");
        body.GetProperty("amount_kopecks").GetInt64().ShouldBe(15_000);
        body.GetProperty("lines")[0].GetProperty("product_code").GetString().ShouldBe("LUNCH");
    }

    [Fact]
    [Trait("Rule", "P8")]
    public async Task A_refused_hand_over_has_the_adult_what_for_and_why_and_no_money()
    {
        var adult = AccountNumber.FromSerial(88);
        var notice = Notice with
        {
            Kind = NoticeKind.HandOverRefused, Amount = Money.Zero, Balance = Money.Zero, Lines = [], Building = new BuildingId(1501), Escort = adult, Direction = Direction.Out, Refusal = TapRefusal.PickUpExpired,
        };

        (await Sender.Send(Given.Key(notice), notice, default)).ShouldBe(SendResult.Delivered);
        (await Sender.Send(Given.Key(notice, seq: 6), notice with { Escort = null, Refusal = TapRefusal.CardUnknown }, default)).ShouldBe(SendResult.Delivered);

        var bodies = _receiver.Arrivals.Select(arrival => JsonDocument.Parse(arrival.Body).RootElement).ToList();
        bodies[0].GetProperty("kind").GetString().ShouldBe("hand_over_refused");
        (bodies[0].GetProperty("building_id").GetInt32(), bodies[0].GetProperty("escort_account_number").GetInt64()).ShouldBe((1501, adult.Value));
        (bodies[0].GetProperty("direction").GetString(), bodies[0].GetProperty("refusal_reason").GetString()).ShouldBe(("out", "pick_up_expired"));
        bodies[0].TryGetProperty("balance_kopecks", out _).ShouldBeFalse();
        bodies[1].TryGetProperty("escort_account_number", out _).ShouldBeFalse();
        bodies[1].GetProperty("refusal_reason").GetString().ShouldBe("card_unknown");
    }

    [Fact]
    public async Task A_receiver_with_another_secret_takes_nothing()
    {
        await using var other = await WebhookReceiver.Start([.. Given.Secret.Reverse()]);
        var notice = Given.Notice(Given.Webhook(other));

        (await Sender.Send(Given.Key(notice), notice, default)).ShouldBe(new SendResult(SendOutcome.Failed, "HTTP 401"));
        other.Forged.ShouldBeGreaterThan(0);
        other.Arrivals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, SendOutcome.Failed)]
    [InlineData(HttpStatusCode.NotFound, SendOutcome.Failed)]
    [InlineData(HttpStatusCode.Found, SendOutcome.Failed)]
    [InlineData(HttpStatusCode.UnprocessableEntity, SendOutcome.Rejected)]
    [InlineData(HttpStatusCode.Gone, SendOutcome.Rejected)]
    public async Task What_the_receiver_refuses_for_ever_is_given_up_and_all_else_is_tried_again(HttpStatusCode status, SendOutcome outcome)
    {
        _receiver.Mood = _ => Task.FromResult<HttpStatusCode?>(status);
        (await Sender.Send(Given.Key(Notice), Notice, default)).Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task A_receiver_that_hangs_costs_its_time_limit_and_no_more()
    {
        await using var impatient = Given.Channels([.. Given.WebhookSettings, ("Webhook:TimeoutSeconds", "1")]);
        var never = new TaskCompletionSource<HttpStatusCode?>();
        _receiver.Mood = _ => never.Task;
        (await impatient.GetRequiredService<INoticeSender>().Send(Given.Key(Notice), Notice, default)).Outcome.ShouldBe(SendOutcome.Failed);
        never.SetResult(null);
    }

    [Fact]
    public async Task A_receiver_that_is_down_is_left_alone_and_does_not_trouble_another()
    {
        await using var other = await WebhookReceiver.Start(Given.Secret);
        var theirs = Given.Notice(Given.Webhook(other));
        await _receiver.Stop();

        await MailTests.Breaks(Sender, Notice);
        (await Sender.Send(Given.Key(theirs), theirs, default)).Outcome.ShouldBe(SendOutcome.Delivered);

        await _receiver.Start();
        await MailTests.Returns(Sender, Notice);
    }
}
