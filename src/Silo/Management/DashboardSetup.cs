using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;

namespace Zvonok.Silo.Management;

/// <summary>Composition of the Orleans Dashboard.</summary>
internal static class DashboardSetup
{
    /// <summary>Adds it when an address is set. What is not added costs nothing.</summary>
    public static void AddZvonokDashboard(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<DashboardOptions>().BindConfiguration(DashboardOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>();
        if (EndPointOf(builder.Configuration) is not { } endPoint) return;
        builder.UseOrleans(silo => silo.AddDashboard());
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1));
    }

    /// <summary>Its pages, on its own port alone.</summary>
    public static void MapZvonokDashboard(this WebApplication app)
    {
        if (EndPointOf(app.Configuration) is { } endPoint) app.MapOrleansDashboard().RequireHost($"*:{endPoint.Port.ToString(CultureInfo.InvariantCulture)}");
    }

    // An address that makes no sense is told by the validator, at the start.
    private static IPEndPoint? EndPointOf(IConfiguration configuration) =>
        IPEndPoint.TryParse(configuration[$"{DashboardOptions.Section}:{nameof(DashboardOptions.Listen)}"] ?? "", out var endPoint) ? endPoint : null;
}
