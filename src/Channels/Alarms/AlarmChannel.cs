using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zvonok.Channels.Webhooks;
using Zvonok.Domain.Alarms;
using Zvonok.Grains.Alarms;

namespace Zvonok.Channels.Alarms;

/// <summary>Sends alarms (S4) as signed POSTs, as webhooks are. An answer of 2xx says that the alarm centre has it; one whose body is <c>{"acknowledged": true}</c> that somebody has seen it.</summary>
internal sealed class AlarmChannel : IAlarmSender, IDisposable
{
    // An answer is a line of JSON; who sends more is no alarm centre.
    private const int AnswerLengthMax = 16 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _client;
    private readonly AlarmOptions _alarms;
    private readonly WebhookOptions _webhooks;
    private readonly byte[] _secret;
    private readonly IClock _clock;
    private readonly ILogger<AlarmChannel> _logger;

    public AlarmChannel(AlarmOptions alarms, WebhookOptions webhooks, IClock clock, ILogger<AlarmChannel> logger)
    {
        (_alarms, _webhooks, _clock, _logger) = (alarms, webhooks, clock, logger);
        _secret = alarms.Urls.Count > 0 ? Convert.FromHexString(webhooks.Keys[webhooks.KeyId]) : [];
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = TimeSpan.FromSeconds(webhooks.TimeoutSeconds),
            MaxResponseContentBufferSize = AnswerLengthMax,
        };
    }

    public async Task<AlarmReceipt> Send(Alarm alarm, int level, CancellationToken stop)
    {
        using var request = Compose(alarm, level);
        try
        {
            using var response = await _client.SendAsync(request, stop);
            if (!response.IsSuccessStatusCode) return Failed(level, $"HTTP {(int)response.StatusCode}");
            return IsAcknowledged(await response.Content.ReadAsByteArrayAsync(stop)) ? AlarmReceipt.Acknowledged : AlarmReceipt.Received;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException && !stop.IsCancellationRequested)
        {
            return Failed(level, exception.Message);
        }
    }

    public void Dispose() => _client.Dispose();

    private AlarmReceipt Failed(int level, string reason)
    {
        Log.AlarmNotTaken(_logger, level, reason);
        return AlarmReceipt.Failed;
    }

    private HttpRequestMessage Compose(Alarm alarm, int level)
    {
        var body = AlarmBody.Write(alarm, level);
        var timestamp = WebhookSignature.Timestamp(_clock.GetCurrentInstant());
        var request = new HttpRequestMessage(HttpMethod.Post, _alarms.Urls[level]) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        request.Headers.TryAddWithoutValidation(WebhookSignature.NoticeHeader, AlarmBody.KeyOf(alarm));
        request.Headers.TryAddWithoutValidation(WebhookSignature.KeyIdHeader, _webhooks.KeyId);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(_secret, timestamp, body));
        return request;
    }

    // An answer that is no JSON is an answer all the same: the centre has the alarm.
    private static bool IsAcknowledged(byte[] answer)
    {
        if (answer.Length == 0) return false;
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("acknowledged", out var acknowledged) && acknowledged.ValueKind == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
