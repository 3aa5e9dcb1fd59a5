using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zvonok.Api.School;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Hosting;

/// <summary>The pages that a browser prints: roll calls (S2), in plain HTTP on a port of their own.</summary>
internal static class PageSetup
{
    /// <summary>Opens the port when an address is set.</summary>
    public static void AddZvonokPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<PageOptions>().BindConfiguration(PageOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<PageOptions>, PageOptionsValidator>();
        if (EndPointOf(builder.Configuration) is not { } endPoint) return;
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1));
    }

    /// <summary>The pages, on that port alone.</summary>
    public static void MapZvonokPages(this WebApplication app)
    {
        if (EndPointOf(app.Configuration) is not { } endPoint) return;
        app.MapGet("/roll-call/{building:int}", context => TellRollCall(context, app.Services.GetRequiredService<RollCallDoor>())).RequireHost($"*:{endPoint.Port.ToString(CultureInfo.InvariantCulture)}");
    }

    private static async Task TellRollCall(HttpContext context, RollCallDoor rollCalls)
    {
        var language = context.Request.Query["language"] == "en" ? NoticeLanguage.English : NoticeLanguage.Russian;
        try
        {
            var roll = await rollCalls.Call(int.Parse((string)context.GetRouteValue("building")!, CultureInfo.InvariantCulture));
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.Body.WriteAsync(new RollCallPage(new RollCallWords(language)).Write(roll), context.RequestAborted);
        }
        catch (Exception exception) when (StatusOf(exception) is not null)
        {
            context.Response.StatusCode = (int)StatusOf(exception)!.Value;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
        }
    }

    private static HttpStatusCode? StatusOf(Exception exception) => exception switch
    {
        BadFieldException => HttpStatusCode.BadRequest,
        NotFoundException => HttpStatusCode.NotFound,
        JournalUnavailableException or StaleActivationException or TimeoutException or OrleansException => HttpStatusCode.ServiceUnavailable,
        JournalOverloadedException or LimitExceededException => HttpStatusCode.TooManyRequests,
        _ => null,
    };

    // An address that makes no sense is told by the validator, at the start.
    private static IPEndPoint? EndPointOf(IConfiguration configuration) =>
        IPEndPoint.TryParse(configuration[$"{PageOptions.Section}:{nameof(PageOptions.Listen)}"] ?? "", out var endPoint) ? endPoint : null;
}
