# The one executable as an image: docker build -t zvonok:dev .
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /source
COPY . .
# Compiled ahead of time, so that a pod that starts spends its processor on children, not on the compiler (docs/decisions/0003-runtime-settings.md).
ARG TARGETARCH=amd64
RUN dotnet publish src/Silo -c Release -a $TARGETARCH --self-contained false -p:PublishReadyToRun=true -o /app

# Chiseled: no shell and no package manager. Time zones are NodaTime's own, cultures are not asked for.
FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled
WORKDIR /app
COPY --from=build /app .
# The image's own user "app", by number, so that Kubernetes sees that it is not root.
USER 1654
ENTRYPOINT ["dotnet", "Zvonok.Silo.dll"]
