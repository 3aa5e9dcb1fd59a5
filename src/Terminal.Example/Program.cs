using Zvonok.Terminals.Example;

return await Turnstile.Run(args, Console.In, Console.Out);
