using System.Globalization;
using ScottPlot;

namespace Zvonok.Load.Import;

/// <summary>The import as a picture: rows over time.</summary>
internal static class ImportPlot
{
    private const int Width = 900;
    private const int Height = 520;

    public static void Save(Report report, ImportCourse course, string path)
    {
        var plot = new Plot();
        var line = plot.Add.Scatter(course.Seconds.ToArray(), course.Rows.Select(rows => rows / 1_000).ToArray());
        line.MarkerSize = 0;
        line.LineWidth = 2;
        plot.Title(string.Create(CultureInfo.InvariantCulture, $"Registering a city: {report.Arms["import"].Operations:N0} rows, {report.Arms["import"].OpsPerS:N0} rows/s"));
        plot.YLabel("rows sent, thousands");
        PlotLook.Caption(plot, report, "seconds");
        plot.SavePng(path, Width, Height);
    }
}
