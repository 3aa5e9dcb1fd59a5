namespace Zvonok.Chaos;

/// <summary>One run from the first process to the verdict.</summary>
internal static class ChaosRun
{
    // Silos that are on their way back are given the time to come; what is unanswered after that is so for good.
    private static readonly TimeSpan LastRepeats = TimeSpan.FromSeconds(60);
    // Nothing begins that would not be over by then.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private const int AskedAgain = 500;

    // A try that its silo did not live to see the end of is made again after a minute (NoticeTeller), and found within another half.
    private static readonly TimeSpan LastNotices = TimeSpan.FromMinutes(2);

    /// <summary>Plays, repeats what is unanswered, stops the silos, audits and checks.</summary>
    public static async Task<ChaosResult> Play(ChaosSettings settings, Action<string> say, CancellationToken stop)
    {
        say($"seed {settings.Seed}: {settings.Silos} silos, {settings.Rate} operations a second for {settings.Length.TotalSeconds:0} s");
        await using var theatre = await Theatre.Open(settings, stop);
        var city = City.Create(settings.Plan);
        await theatre.Register(city, stop);
        var notebook = new Notebook();
        var mix = new Mix(city, new OperationIds(SystemClock.Instance, settings.Seed), limits: true);
        await using var devices = new Devices(notebook, mix, [.. theatre.Seats.Select(seat => seat.Address)], settings.Patience(Devices.RepeatsUsually));

        var run = new Run(settings, theatre, city, notebook, say);
        await run.Play(devices, stop);
        say("checking");
        return await run.Judge(stop);
    }

    private sealed class Run(ChaosSettings settings, Theatre theatre, City city, Notebook notebook, Action<string> say)
    {
        private readonly Director _director = new(theatre, () => notebook.Now, say);
        private readonly List<OwnEnd> _ownEnds = [];
        private int _unanswered;

        public async Task Play(Devices devices, CancellationToken stop)
        {
            using var playing = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var watches = Task.WhenAll(theatre.Seats.Select(seat => seat.Watch(() => notebook.Now, Note, playing.Token)));
            var clients = devices.Play(settings.Length, settings.Rate, settings.Seed, playing.Token);
            try
            {
                if (settings.Episodes is { } episodes) await _director.Play(episodes, TimeSpan.MaxValue, playing.Token);
                else await _director.Play(FaultPlan.Draw(settings.Seed, settings.Silos), settings.Length - Calm, playing.Token);
                await clients;
                _unanswered = await devices.RepeatUnanswered(settings.Patience(LastRepeats));
                await devices.AskAgain(AskedAgain, settings.Seed);
            }
            finally
            {
                await playing.CancelAsync();
                await Task.WhenAll(watches, clients).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        public async Task<ChaosResult> Judge(CancellationToken stop)
        {
            var untold = await FindUntold(stop);
            var stopped = await Task.WhenAll(theatre.Seats.Select(seat => seat.Process.Stop()));
            var audit = await SiloProcess.RunVerb(theatre.Direct, ["audit"], stop);
            var rows = await JournalRows.Read(theatre.Direct);
            var breaches = HistoryCheck.Find(new Evidence(notebook.All, rows) { OpenedAt = notebook.OpenedAt, AttemptsLinger = true }).ToList();
            breaches.AddRange(notebook.All.Where(recorded => !recorded.IsAnswered).Select(recorded => new Breach("Every operation is answered in the end", "no answer", recorded)));
            breaches.AddRange(_ownEnds.Where(end => !IsExplained(end)).Select(end => new Breach("No silo ends but by what was done to it", $"silo {end.Silo + 1} ended with {end.ExitCode} at {end.At.TotalSeconds:0.0} s")));
            breaches.AddRange(_director.Complaints.Concat(stopped.Where(status => status != 0).Select(status => $"it was {status} after the run"))
                .Select(complaint => new Breach("A silo that is asked to stop ends with 0", complaint)));
            breaches.AddRange(untold);
            return new ChaosResult
            {
                Settings = settings,
                Operations = notebook.All,
                Rows = rows.Count,
                Faults = _director.Played,
                Waits = Waits.Of(notebook.All, _director.Played, settings.Length),
                OwnEnds = _ownEnds,
                FailedStarts = theatre.Seats.Sum(seat => seat.FailedStarts),
                Unanswered = _unanswered,
                Notices = theatre.App.Arrived().Count,
                Breaches = breaches,
                Audit = audit,
                Logs = [.. theatre.Seats.Select(seat => string.Join("\n---- started again ----\n", seat.Outputs))],
            };
        }

        // Nobody writes any more: what is due is known, and has the time to arrive.
        private async Task<List<Breach>> FindUntold(CancellationToken stop)
        {
            var due = theatre.App.Due(city, await JournalRows.Read(theatre.Direct));
            var patience = settings.Patience(LastNotices);
            var since = TimeProvider.System.GetTimestamp();
            while (!due.IsSubsetOf(theatre.App.Arrived()) && TimeProvider.System.GetElapsedTime(since) < patience) await Task.Delay(TimeSpan.FromSeconds(1), stop);
            var arrived = theatre.App.Arrived();
            return
            [
                .. due.Except(arrived).Select(key => new Breach("Every subscribed fact has its notice", $"{key} never arrived")),
                .. arrived.Except(due).Select(key => new Breach("Every notice tells a subscribed fact", $"{key} arrived")),
            ];
        }

        private void Note(OwnEnd end)
        {
            lock (_ownEnds) _ownEnds.Add(end);
            say($"{end.At.TotalSeconds,6:0.0} s  silo {end.Silo + 1} ended by itself with {end.ExitCode}, and is started again");
        }

        // The others give up a silo that they do not hear, and one that cannot reach the membership may not go on.
        private bool IsExplained(OwnEnd end) => _director.Played.Any(played =>
            played.Fault.Kind is FaultKind.Freeze or FaultKind.Cut or FaultKind.Silence
            && played.Fault.Silo == end.Silo && end.At >= played.BeganAt && end.At <= played.HealedAt + TimeSpan.FromMinutes(1));
    }
}
