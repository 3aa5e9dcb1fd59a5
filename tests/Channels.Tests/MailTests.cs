using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Zvonok.Channels.Tests;

/// <summary>A mail server listens on a socket; the channel speaks to it as to any other.</summary>
[Trait("Rule", "N3")]
public sealed class MailTests : IAsyncLifetime
{
    private readonly MailReceiver _receiver = MailReceiver.Begin();
    private readonly ServiceProvider _channels;

    public MailTests() => _channels = Given.Channels(Given.MailSettings(_receiver));

    private INoticeSender Sender => _channels.GetRequiredService<INoticeSender>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _channels.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_arrives_with_its_text_and_the_notices_key_as_its_id()
    {
        var notice = Given.Notice(Given.Mail(), NoticeLanguage.Russian);
        var key = Given.Key(notice);

        (await Sender.Send(key, notice, default)).ShouldBe(SendResult.Delivered);

        var arrival = _receiver.Arrivals.ShouldHaveSingleItem();
        arrival.Key.ShouldBe(key.ToString());
        using var message = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(arrival.Body)));
        message.Subject.ShouldBe("Маша: покупка");
        message.TextBody.ShouldNotBeNull().ShouldContain("Маша: покупка на 150,00 ₽. Время: 01.09.2026 09:00.");
        message.To.ToString().ShouldBe("guardian@example.org");
        message.From.ToString().ShouldBe("school@example.org");
        message.MessageId.ShouldBe($"{key.ToString().Replace('/', '.')}@example.org");
    }

    [Fact]
    [Trait("Rule", "A6")]
    public async Task A_repeat_has_the_same_id()
    {
        var notice = Given.Notice(Given.Mail());
        for (var i = 0; i < 2; i++) (await Sender.Send(Given.Key(notice), notice, default)).Outcome.ShouldBe(SendOutcome.Delivered);
        _receiver.Arrivals.Select(arrival => arrival.Key).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Mails_one_after_another_share_a_connection()
    {
        var notice = Given.Notice(Given.Mail());
        for (var i = 1; i <= 5; i++) (await Sender.Send(Given.Key(notice, i), notice, default)).Outcome.ShouldBe(SendOutcome.Delivered);
        _receiver.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Many_mails_at_once_use_no_more_connections_than_are_allowed()
    {
        var notice = Given.Notice(Given.Mail());
        var results = await Task.WhenAll(Enumerable.Range(1, 60).Select(i => Sender.Send(Given.Key(notice, i), notice, default)));

        results.ShouldAllBe(result => result.Outcome == SendOutcome.Delivered);
        _receiver.Connections.ShouldBeLessThanOrEqualTo(8);
        _receiver.Arrivals.Select(arrival => arrival.Key).Distinct().Count().ShouldBe(60);
    }

    [Theory]
    [InlineData("550 no such mailbox", SendOutcome.Rejected)]
    [InlineData("451 try later", SendOutcome.Failed)]
    public async Task A_refused_recipient_is_given_up_when_the_server_says_for_ever(string answer, SendOutcome outcome)
    {
        _receiver.AnswerToRecipient = _ => answer;
        var notice = Given.Notice(Given.Mail());
        (await Sender.Send(Given.Key(notice), notice, default)).Outcome.ShouldBe(outcome);
        _receiver.Arrivals.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_failure_is_repeated_at_once()
    {
        var refusals = 1;
        _receiver.AnswerToMessage = () => refusals-- > 0 ? "451 busy" : null;
        var notice = Given.Notice(Given.Mail());
        (await Sender.Send(Given.Key(notice), notice, default)).Outcome.ShouldBe(SendOutcome.Delivered);
    }

    [Fact]
    public async Task A_connection_that_the_server_has_hung_up_is_replaced()
    {
        var notice = Given.Notice(Given.Mail());
        (await Sender.Send(Given.Key(notice, 1), notice, default)).Outcome.ShouldBe(SendOutcome.Delivered);
        await _receiver.Stop();
        _receiver.Start();

        (await Sender.Send(Given.Key(notice, 2), notice, default)).Outcome.ShouldBe(SendOutcome.Delivered);
    }

    [Fact]
    public async Task A_server_that_is_down_is_left_alone_after_some_tries_and_found_again_when_it_is_back()
    {
        await _receiver.Stop();
        var notice = Given.Notice(Given.Mail());
        await Breaks(Sender, notice);

        _receiver.Start();
        await Returns(Sender, notice);
    }

    internal static async Task Breaks(INoticeSender sender, Notice notice)
    {
        (await sender.Send(Given.Key(notice), notice, default)).Outcome.ShouldBe(SendOutcome.Failed);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await sender.Send(Given.Key(notice), notice, deadline.Token)).Outcome != SendOutcome.NotTried) deadline.Token.ThrowIfCancellationRequested();
    }

    internal static async Task Returns(INoticeSender sender, Notice notice)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await sender.Send(Given.Key(notice), notice, deadline.Token)).Outcome != SendOutcome.Delivered) await Task.Delay(20, deadline.Token);
    }
}
