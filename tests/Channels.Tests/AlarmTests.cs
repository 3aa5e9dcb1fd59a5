using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zvonok.Domain.Alarms;
using Zvonok.Grains.Alarms;

namespace Zvonok.Channels.Tests;

/// <summary>An alarm centre that checks signatures listens on a socket.</summary>
[Trait("Rule", "S4")]
[Trait("Rule", "N3")]
public sealed class AlarmTests : IAsyncLifetime
{
    private static readonly Alarm Alarm = new()
    {
        Building = new BuildingId(1501),
        Seq = 17,
        Kind = AlarmKind.HeldOpen,
        Device = new DeviceId(601),
        By = Given.Child,
        Reason = "Дым",
        EventAt = Instant.FromUtc(2026, 9, 1, 6, 0),
        RecordedAt = Instant.FromUtc(2026, 9, 1, 6, 0, 1),
        Tries = 2,
    };

    private WebhookReceiver _first = null!;
    private WebhookReceiver _second = null!;
    private ServiceProvider _channels = null!;

    private IAlarmSender Sender => _channels.GetRequiredService<IAlarmSender>();

    public async Task InitializeAsync()
    {
        (_first, _second) = (await WebhookReceiver.Start(Given.Secret), await WebhookReceiver.Start(Given.Secret));
        _channels = Channels([.. Given.WebhookSettings, ("../Alarms:Urls:0", _first.Address.ToString()), ("../Alarms:Urls:1", _second.Address.ToString())]);
    }

    public async Task DisposeAsync()
    {
        await _channels.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task An_alarm_arrives_signed_and_an_answer_of_2xx_says_that_it_was_received()
    {
        (await Sender.Send(Alarm, 0, default)).ShouldBe(AlarmReceipt.Received);

        _first.Forged.ShouldBe(0);
        var arrival = _first.Arrivals.ShouldHaveSingleItem();
        arrival.Key.ShouldBe("alarm/1501/17");
        JsonElement.DeepEquals(JsonDocument.Parse(arrival.Body).RootElement, JsonDocument.Parse($$"""
            {
                "key": "alarm/1501/17", "kind": "held_open", "warning": true, "building_id": 1501, "alarm_number": 17, "level": 0, "repeat": 2,
                "event_time": "2026-09-01T06:00:00Z", "record_time": "2026-09-01T06:00:01Z", "device_id": 601, "employee_account_number": {{Given.Child}}, "reason": "Дым"
            }
            """).RootElement).ShouldBeTrue(arrival.Body);
        _second.Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_next_address_is_another_one()
    {
        (await Sender.Send(Alarm, 1, default)).ShouldBe(AlarmReceipt.Received);

        (_first.Count, _second.Count).ShouldBe((0, 1));
    }

    [Theory]
    [InlineData("""{"acknowledged": true, "by": "operator 4"}""", AlarmReceipt.Acknowledged)]
    [InlineData("""{"acknowledged": false}""", AlarmReceipt.Received)]
    [InlineData("""{"acknowledged": "true"}""", AlarmReceipt.Received)]
    [InlineData("""[true]""", AlarmReceipt.Received)]
    [InlineData("OK", AlarmReceipt.Received)]
    public async Task Only_an_answer_that_says_so_acknowledges(string answer, AlarmReceipt expected)
    {
        _first.Says = _ => answer;

        (await Sender.Send(Alarm, 0, default)).ShouldBe(expected);
    }

    [Fact]
    public async Task What_is_not_taken_has_failed()
    {
        _first.Mood = _ => Task.FromResult<HttpStatusCode?>(HttpStatusCode.ServiceUnavailable);
        (await Sender.Send(Alarm, 0, default)).ShouldBe(AlarmReceipt.Failed);
        await _first.Stop();
        (await Sender.Send(Alarm, 0, default)).ShouldBe(AlarmReceipt.Failed);
        await _second.DisposeAsync();
        await using var stranger = await WebhookReceiver.Start([.. Given.Secret.Reverse()]);
        await using var channels = Channels([.. Given.WebhookSettings, ("../Alarms:Urls:0", stranger.Address.ToString())]);
        (await channels.GetRequiredService<IAlarmSender>().Send(Alarm, 0, default)).ShouldBe(AlarmReceipt.Failed);
        stranger.Forged.ShouldBe(1);
    }

    [Fact]
    public async Task A_centre_that_hangs_has_failed_in_time()
    {
        await using var channels = Channels([.. Given.WebhookSettings, ("Webhook:TimeoutSeconds", "1"), ("../Alarms:Urls:0", _first.Address.ToString())]);
        var hangs = new TaskCompletionSource<HttpStatusCode?>();
        _first.Mood = _ => hangs.Task;

        (await channels.GetRequiredService<IAlarmSender>().Send(Alarm, 0, default)).ShouldBe(AlarmReceipt.Failed);

        hangs.SetResult(null);
    }

    [Theory]
    [InlineData("ftp://alarm.example.org/", "Zvonok:Alarms:Urls:0 should be an https URL.")]
    [InlineData("alarm.example.org", "Zvonok:Alarms:Urls:0 should be an https URL.")]
    public void Addresses_are_urls(string url, string message) =>
        Should.Throw<OptionsValidationException>(() => Channels([.. Given.WebhookSettings, ("../Alarms:Urls:0", url)]).GetRequiredService<IAlarmSender>()).Message.ShouldBe(message);

    [Fact]
    public void Without_a_key_nothing_is_sent() => Should.Throw<OptionsValidationException>(() => Channels([("../Alarms:Urls:0", "https://alarm.example.org/")]).GetRequiredService<IAlarmSender>())
        .Message.ShouldContain("KeyId should name one of");

    private static ServiceProvider Channels((string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
            setting.Name.StartsWith("../", StringComparison.Ordinal) ? $"Zvonok:{setting.Name[3..]}" : $"{NoticeOptions.Section}:{setting.Name}", (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddZvonokChannels();
        services.AddOptions<AlarmOptions>().BindConfiguration(AlarmOptions.Section);
        return services.BuildServiceProvider();
    }
}
