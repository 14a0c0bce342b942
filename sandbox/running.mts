import { commonDefaults, type CommonSettings, type Room, type Service, type ServiceModule } from './service.mts';

/** A service of a sandbox that runs. It opens, and makes its data, when somebody first asks for it. */
export class Running {
	readonly settings: CommonSettings & Record<string, unknown>;
	private opened: Service | undefined;

	constructor(
		readonly module: ServiceModule,
		private readonly room: Omit<Room<object>, 'settings'>,
	) {
		this.settings = this.defaults();
	}

	get service(): Service {
		this.opened ??= this.module.open({ ...this.room, settings: this.settings });
		return this.opened;
	}

	/** Settings and data back to how they were at the start. */
	reset(): void {
		Object.assign(this.settings, this.defaults());
		this.opened?.reset();
	}

	close(): void {
		this.opened?.close?.();
	}

	private defaults(): CommonSettings & Record<string, unknown> {
		return structuredClone({ ...commonDefaults, ...this.module.defaults });
	}
}
